{#
    How the keys of a contract are held. DuckDB keeps an index for each, on both sides of a foreign one, in memory until it
    commits: two gigabytes for ten million figures, and half the time of a build. Where that is too much,
    ARSENALE_KEYS=checked leaves the indexes out and asks each finished table instead, as a set, what breaks a key; a
    model that breaks one fails either way. Spark has no such indexes: there, keys are always checked.
#}
{% macro keys_are_indexed() -%}
    {{ return(adapter.dispatch("keys_are_indexed")()) }}
{%- endmacro %}
{% macro default__keys_are_indexed() -%}
    {%- set way = env_var("ARSENALE_KEYS", "indexed") -%}
    {%- if way not in ["indexed", "checked"] -%}
        {%- do exceptions.raise_compiler_error(
            "ARSENALE_KEYS is '" ~ way ~ "', expected 'indexed' or 'checked'"
        ) -%}
    {%- endif -%}
    {{ return(way == "indexed") }}
{%- endmacro %}
{% macro spark__keys_are_indexed() -%} {{ return(false) }} {%- endmacro %}

{# What stands between the brackets of `create table`. #}
{% macro duckdb__get_table_columns_and_constraints() -%}
    {%- if keys_are_indexed() -%}
        {{ return(table_columns_and_constraints()) }}
    {%- endif -%}
    {%- set columns = {} -%}
    {%- for name, column in model.columns.items() -%}
        {%- set others = column.constraints | rejectattr("type", "in", key_types()) -%}
        {%- do columns.update({name: dict(column, constraints=others | list)}) -%}
    {%- endfor -%}
    ({{ adapter.render_raw_columns_constraints(raw_columns=columns) | join(", ") }})
{%- endmacro %}

{% macro key_types() -%} {{ return(["primary_key", "foreign_key"]) }} {%- endmacro %}

{# Run when a mart is finished: fails it if its rows break one of its keys. #}
{% macro check_keys() -%}
    {%- if execute and not keys_are_indexed() -%}
        {%- for constraint in declared_keys() -%}
            {%- set broken = run_query(
                rows_without_a_key(constraint)
                if constraint.type == "primary_key"
                else rows_without_a_parent(constraint)
            ) -%}
            {%- for row in broken.rows -%}
                {%- do exceptions.raise_compiler_error(
                    this.name ~ ": " ~ constraint.type
                    | replace("_", " ") ~ " (" ~ constraint.columns
                    | join(", ")
                    ~ ")"
                    ~ (
                        " to " ~ constraint.to
                        if constraint.type == "foreign_key"
                        else ""
                    )
                    ~ " does not hold for "
                    ~ row.values()
                    | join(", ")
                ) -%}
            {%- endfor -%}
        {%- endfor -%}
        {%- do note_keys() -%}
    {%- endif -%}
{%- endmacro %}

{# The model's keys, with their columns, wherever its contract declares them. #}
{% macro declared_keys() -%}
    {%- set keys = model.constraints | selectattr("type", "in", key_types()) | list -%}
    {%- for name, column in model.columns.items() -%}
        {%- for constraint in column.constraints | selectattr(
            "type", "in", key_types()
        ) -%}
            {%- do keys.append(dict(constraint, columns=[name])) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(keys) }}
{%- endmacro %}

{% macro rows_without_a_key(constraint) -%}
    {%- set columns = constraint.columns | join(", ") -%}
    select {{ columns }}
    from {{ this }}
    group by {{ columns }}
    having
        count(*) > 1
        {%- for column in constraint.columns %} or {{ column }} is null {%- endfor %}
    limit 1
{%- endmacro %}

{% macro rows_without_a_parent(constraint) -%}
    select {{ constraint.columns | join(", ") }}
    from {{ this }} as child
    where
        {%- for column in constraint.columns %}
            child.{{ column }} is not null and {%- endfor %} not exists (
            select 1
            from {{ constraint.to }} as parent
            where
                {%- for column, key in zip(constraint.columns, constraint.to_columns) %}
                    child.{{ column }} = parent.{{ key }} {{- " and" if not loop.last }}
                {%- endfor %}
        )
    limit 1
{%- endmacro %}

{#
    Without indexes DuckDB does not know the keys; a release still goes by them (`arsenale/keys.py`), and so they are written
    down once they are checked. Columns are separated by blanks.
#}
{% macro note_keys() -%} {{ adapter.dispatch("note_keys")() }} {%- endmacro %}
{% macro spark__note_keys() -%} {%- endmacro %}
{% macro default__note_keys() -%}
    {%- do run_query(
        "delete from raw.declared_keys where table_name = '"
        ~ this.name
        ~ "'"
    ) -%}
    {%- for constraint in declared_keys() -%}
        {%- set cells = [this.name, constraint.columns | join(" ")] -%}
        {%- if constraint.type == "foreign_key" -%}
            {%- do cells.append(constraint.to.split(".")[-1] | replace('"', "")) -%}
            {%- do cells.append(constraint.to_columns | join(" ")) -%}
        {%- endif -%}
        {%- do run_query(
            "insert into raw.declared_keys (table_name, key_columns"
            ~ (", referenced_table, referenced_columns" if cells | length > 2)
            ~ ") values ('" ~ cells | join("', '") ~ "')"
        ) -%}
    {%- endfor -%}
{%- endmacro %}

{# Run before the first model. #}
{% macro make_room_for_keys() -%}
    {{ adapter.dispatch("make_room_for_keys")() }}
{%- endmacro %}
{% macro spark__make_room_for_keys() -%} {%- endmacro %}
{% macro default__make_room_for_keys() -%}
    {%- if execute and keys_are_indexed() -%}
        {%- do run_query("drop table if exists raw.declared_keys") -%}
    {%- elif execute -%}
        {%- do run_query("create schema if not exists raw") -%}
        {%- do run_query(
            "create table if not exists raw.declared_keys (table_name varchar, key_columns varchar,"
            ~ " referenced_table varchar, referenced_columns varchar)"
        ) -%}
    {%- endif -%}
{%- endmacro %}
