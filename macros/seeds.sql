{#
    How a seed is loaded: every column as text, exactly as captured. dbt would guess types ("35,5" becomes 355, 007
    becomes 7), and a mistyped key in `column_types` is ignored without a word; so there is nothing to guess and
    nothing to mistype. The strict options refuse what a guessing reader would drop in silence.
#}
{% macro duckdb__create_csv_table(model, agate_table) -%}
    {%- set sql -%}
        create table {{ this.render() }} (
            {%- for column in agate_table.column_names %}
            {{ adapter.quote(column) }} varchar{{ "," if not loop.last }}
            {%- endfor %}
        )
    {%- endset -%}
    {%- call statement("_") -%} {{ sql }}{%- endcall -%}
    {{ return(sql) }}
{%- endmacro %}

{% macro duckdb__load_csv_rows(model, agate_table) -%}
    {%- set sql -%}
        copy {{ this.render() }} from '{{ adapter.get_seed_file_path(model) }}' (
            format csv, header true, auto_detect false, delimiter ',', quote '"', escape '"', null_padding false
        )
    {%- endset -%}
    {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
    {{ return(sql) }}
{%- endmacro %}
