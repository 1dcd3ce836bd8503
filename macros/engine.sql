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
    {#- Not ^ and $: Java's $ also stands before a line break that ends the text. -#}
    {%- set whole = "\\A(?:" ~ pattern ~ ")\\z" -%}
    {{ text }} rlike {{ java_pattern(whole) }}
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
    regexp_extract({{ text }}, {{ java_pattern(pattern) }}, {{ group }})
{%- endmacro %}

{# Every match replaced. #}
{% macro replace_all(text, pattern, replacement) -%}
    {{ adapter.dispatch("replace_all")(text, pattern, replacement) }}
{%- endmacro %}
{% macro default__replace_all(text, pattern, replacement) -%}
    {%- set literal = pattern | replace("'", "''") -%}
    regexp_replace({{ text }}, '{{ literal }}', '{{ replacement }}', 'g')
{%- endmacro %}
{% macro spark__replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, {{ java_pattern(pattern) }}, '{{ replacement }}')
{%- endmacro %}

{# A pattern as a literal of Spark, where a backslash escapes. #}
{% macro java_pattern(pattern) -%}
    {%- set literal = pattern | replace("\\", "\\\\") | replace("'", "\\'") -%}
    '{{ literal }}'
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

{# The date of an ISO text; NULL where the calendar has no such day. dbt's safe_cast is a plain cast on DuckDB. #}
{% macro date_or_null(text) -%} try_cast({{ text }} as date) {%- endmacro %}

{#
    A double as a decimal. DuckDB moves the point in binary and takes the nearest whole number, halves away from zero;
    Spark would read the shortest decimal that names the double. Those differ in what lies beyond the double's 15
    digits, and so would two releases: Spark is made to do as DuckDB does.
#}
{% macro to_decimal(number, precision=28, scale=6) -%}
    {{ adapter.dispatch("to_decimal")(number, precision, scale) }}
{%- endmacro %}
{% macro default__to_decimal(number, precision, scale) -%}
    cast({{ number }} as decimal({{ precision }}, {{ scale }}))
{%- endmacro %}
{% macro spark__to_decimal(number, precision, scale) -%}
    {#- A double holds 53 bits, a bigint 63: in two halves, split at 2^52, every digit survives. -#}
    {%- set half = "4503599627370496e0" -%}
    {%- set whole = "round((" ~ number ~ ") * 1e" ~ scale ~ ")" -%}
    cast(
        cast(
            cast(cast({{ whole }} / {{ half }} as bigint) as decimal(19, 0))
            * 4503599627370496
            + cast({{ whole }} % {{ half }} as bigint) as decimal(28, 0)
        )
        * 0.{{ "0" * (scale - 1) }}1 as decimal({{ precision }}, {{ scale }})
    )
{%- endmacro %}

{# A double rounded to so many digits, as a double: in binary too, halves away from zero. #}
{% macro round_binary(number, digits) -%}
    {{ adapter.dispatch("round_binary")(number, digits) }}
{%- endmacro %}
{% macro default__round_binary(number, digits) -%}
    round({{ number }}, {{ digits }})
{%- endmacro %}
{% macro spark__round_binary(number, digits) -%}
    {%- set power = "1e" ~ digits -%}(round(({{ number }}) * {{ power }}) / {{ power }})
{%- endmacro %}

{# dbt's own forgets the order. #}
{% macro spark__listagg(measure, delimiter_text, order_by_clause, limit_num) -%}
    listagg({{ measure }}, {{ delimiter_text }}) within group ({{ order_by_clause }})
{%- endmacro %}

{# Contracts name their types as DuckDB does; Spark has no varchar without a length. #}
{% macro spark__get_empty_schema_sql(columns) -%}
    select
        {%- for column in columns.values() %}
            {%- set type = (
                text_type()
                if column.data_type == "varchar"
                else column.data_type
            ) %}
            cast(null as {{ type }}) as {{ column.name }}{{ "," if not loop.last }}
        {%- endfor %}
{%- endmacro %}

{# One number for several columns; NULL counts as a value. Equal rows have equal numbers, and only by chance do others. #}
{% macro row_hash(columns) -%}
    {{ adapter.dispatch("row_hash")(columns) }}
{%- endmacro %}
{% macro default__row_hash(columns) -%} hash({{ columns | join(", ") }}) {%- endmacro %}
{% macro spark__row_hash(columns) -%}
    {#- Spark passes over a NULL without a trace: its place is hashed too. -#}
    xxhash64(
        {%- for column in columns %}
            {{ column }}, {{ column }} is null{{ "," if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{#
    For a CTE that is asked twice, first for few columns of all rows, then for the few rows whole: it is worked out twice,
    each time the columns that are needed. DuckDB would write down whatever has two readers; Spark never does.
#}
{% macro not_materialized() -%}
    {{ adapter.dispatch("not_materialized")() }}
{%- endmacro %}
{% macro default__not_materialized() -%} not materialized {%- endmacro %}
{% macro spark__not_materialized() -%} {%- endmacro %}
