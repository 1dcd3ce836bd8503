{# What differs between engines, and nothing else. DuckDB first, Spark beside it. #}
{# True where the whole text matches. Never `~`: it became a partial match in DuckDB 2.0. #}
{% macro full_match(text, pattern) -%}
    {{ adapter.dispatch("full_match")(text, pattern) }}
{%- endmacro %}
{% macro default__full_match(text, pattern) -%}
    {%- set literal = pattern | replace("'", "''") -%}
    regexp_full_match({{ text }}, '{{ literal }}')
{%- endmacro %}
{% macro spark__full_match(text, pattern) -%}
    {%- set literal = pattern | replace("\\", "\\\\") | replace("'", "\\'") -%}
    ({{ text }} rlike '^(?:{{ literal }})$')
{%- endmacro %}

{# The named group of the first match; an empty text where nothing matches. #}
{% macro extract_group(text, pattern, group=0) -%}
    {{ adapter.dispatch("extract_group")(text, pattern, group) }}
{%- endmacro %}
{% macro default__extract_group(text, pattern, group) -%}
    {%- set literal = pattern | replace("'", "''") -%}
    regexp_extract({{ text }}, '{{ literal }}', {{ group }})
{%- endmacro %}
{% macro spark__extract_group(text, pattern, group) -%}
    {%- set literal = pattern | replace("\\", "\\\\") | replace("'", "\\'") -%}
    regexp_extract({{ text }}, '{{ literal }}', {{ group }})
{%- endmacro %}

{# One row per member of a blank-separated list, in a column `member`. #}
{% macro split_members(relation, key, list) -%}
    {{ adapter.dispatch("split_members")(relation, key, list) }}
{%- endmacro %}
{% macro default__split_members(relation, key, list) -%}
    select {{ key }}, unnest(string_split({{ list }}, ' ')) as member
    from {{ relation }}
    where {{ list }} is not null
{%- endmacro %}
{% macro spark__split_members(relation, key, list) -%}
    select {{ key }}, explode(split({{ list }}, ' ')) as member
    from {{ relation }}
    where {{ list }} is not null
{%- endmacro %}

{# The text type of a contract: varchar on DuckDB, string on Spark. #}
{% macro text_type() -%} {{ adapter.dispatch("text_type")() }} {%- endmacro %}
{% macro default__text_type() -%} varchar {%- endmacro %}
{% macro spark__text_type() -%} string {%- endmacro %}

{# Every match replaced. #}
{% macro replace_all(text, pattern, replacement) -%}
    {{ adapter.dispatch("replace_all")(text, pattern, replacement) }}
{%- endmacro %}
{% macro default__replace_all(text, pattern, replacement) -%}
    {%- set literal = pattern | replace("'", "''") -%}
    regexp_replace({{ text }}, '{{ literal }}', '{{ replacement }}', 'g')
{%- endmacro %}
{% macro spark__replace_all(text, pattern, replacement) -%}
    {%- set literal = pattern | replace("\\", "\\\\") | replace("'", "\\'") -%}
    regexp_replace({{ text }}, '{{ literal }}', '{{ replacement }}')
{%- endmacro %}

{# The date of an ISO text; NULL where the calendar has no such day. dbt's safe_cast is a plain cast on DuckDB. #}
{% macro date_or_null(text) -%}
    {{ adapter.dispatch("date_or_null")(text) }}
{%- endmacro %}
{% macro default__date_or_null(text) -%} try_cast({{ text }} as date) {%- endmacro %}

{# One number for several columns; NULL counts as a value. Equal rows have equal numbers, and only by chance do others. #}
{% macro row_hash(columns) -%}
    {{ adapter.dispatch("row_hash")(columns | join(", ")) }}
{%- endmacro %}
{% macro default__row_hash(columns) -%} hash({{ columns }}) {%- endmacro %}
{% macro spark__row_hash(columns) -%} xxhash64({{ columns }}) {%- endmacro %}
