{# A model lives in exactly the schema that its folder names: no target prefix, since each build has a file of its own. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
