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

{#
    On Spark the reader of CSV is Spark's own, told to refuse likewise. Where a cluster does not see the project's
    folder, the variable names one that it sees, such as a bucket.
#}
{% macro spark__create_csv_table(model, agate_table) -%}
    {%- set folder = env_var("ARSENALE_SEEDS", model.root_path ~ "/seeds") -%}
    {%- set view = "captured_" ~ model.alias -%}
    {%- call statement("_") -%}
        create or replace temporary view {{ view }} (
        {%- for column in agate_table.column_names %}
            {{ adapter.quote(column) }} string{{ "," if not loop.last }}
        {%- endfor %}
        )
        using csv
        options (
            path '{{ folder }}/{{ model.path }}', header true, enforceSchema false, mode 'FAILFAST',
            escape '"', multiLine true
        )
    {%- endcall -%}
    {%- set sql -%}
        create table {{ this.render() }} {{ file_format_clause() }} {{ comment_clause() }} as
        select
            {%- for column in agate_table.column_names %}
            nullif({{ adapter.quote(column) }}, '') as {{ adapter.quote(column) }}{{ "," if not loop.last }}
            {%- endfor %}
        from {{ view }}
    {%- endset -%}
    {%- call statement("_") -%} {{ sql }}{%- endcall -%}
    {{ return(sql) }}
{%- endmacro %}

{% macro spark__load_csv_rows(model, agate_table) -%}
    {#- The rows came with the table. -#}
    {{ return("") }}
{%- endmacro %}
