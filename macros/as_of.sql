{#
    What was published by the day in the variable `as_of`; everything where it is not set. It cuts reference
    data, of which editions follow each other: GDP, growth, exchange rates. What documents print is kept whole and
    carries `known_on`.
#}
{% macro known_by(published_on) -%}
    {%- set day = var("as_of", none) -%}
    {%- if day is none -%} true
    {%- elif not modules.re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", day | string) -%}
        {{
            exceptions.raise_compiler_error(
                "as_of is a date such as 2025-06-30, not " ~ day
            )
        }}
    {%- else -%} {{ published_on }} <= cast('{{ day }}' as date)
    {%- endif -%}
{%- endmacro %}
