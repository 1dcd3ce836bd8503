{#
    Interval arithmetic on pairs of columns: `x` stands for x_low and x_high, decimals with x_low <= x_high.
    Whatever true values lie in the operands, the true result lies in what comes out: every end is rounded
    outwards to the millionth. A NULL end, or a divisor that may be zero, makes both ends NULL.

    Each macro writes two columns of a select list, <result>_low and <result>_high.
#}
{% macro interval_add(a, b, result) -%}
    cast({{ a }}_low + {{ b }}_low as {{ decimal_type() }}) as {{ result }}_low,
    cast({{ a }}_high + {{ b }}_high as {{ decimal_type() }}) as {{ result }}_high
{%- endmacro %}

{% macro interval_subtract(a, b, result) -%}
    cast({{ a }}_low - {{ b }}_high as {{ decimal_type() }}) as {{ result }}_low,
    cast({{ a }}_high - {{ b }}_low as {{ decimal_type() }}) as {{ result }}_high
{%- endmacro %}

{% macro interval_multiply(a, b, result) -%}
    {%- set products = corners(a, b, "*") %}
    {{ outward("least(" ~ products ~ ")", down=true) }} as {{ result }}_low,
    {{ outward("greatest(" ~ products ~ ")", down=false) }} as {{ result }}_high
{%- endmacro %}

{% macro interval_divide(a, b, result) -%}
    {%- set quotients = corners(a, b, "/") %}
    {{ where_divisible(b, outward("least(" ~ quotients ~ ")", down=true)) }}
    as {{ result }}_low,
    {{ where_divisible(b, outward("greatest(" ~ quotients ~ ")", down=false)) }}
    as {{ result }}_high
{%- endmacro %}

{# Change from `before` to `after` in percent of `before`, which must be above zero. #}
{% macro interval_growth(before, after, result) -%}
    {%- set quotients = corners(after, before, "/") %}
    {{
        where_positive(
            before, outward("100 * (least(" ~ quotients ~ ") - 1)", down=true)
        )
    }} as {{ result }}_low,
    {{
        where_positive(
            before, outward("100 * (greatest(" ~ quotients ~ ") - 1)", down=false)
        )
    }} as {{ result }}_high
{%- endmacro %}

{# `part` in percent of `whole`, which must be above zero. #}
{% macro interval_share(part, whole, result) -%}
    {%- set quotients = corners(part, whole, "/") %}
    {{ where_positive(whole, outward("100 * least(" ~ quotients ~ ")", down=true)) }}
    as {{ result }}_low,
    {{
        where_positive(
            whole, outward("100 * greatest(" ~ quotients ~ ")", down=false)
        )
    }} as {{ result }}_high
{%- endmacro %}

{# The operation at the four corners. In binary, whose error `outward` covers: a product of decimals may overflow. #}
{% macro corners(a, b, operator) -%}
    {%- for a_end in ["low", "high"] %}
        {% for b_end in ["low", "high"] -%}
            cast(
                {{ a }}_{{ a_end }} as double
            ) {{ operator }} {{ 'nullif(' if operator == '/' }}cast(
                {{ b }}_{{ b_end }} as double
            ){{ ', 0)' if operator == '/' }}
            {{ ("" if a_end == "high" and b_end == "high" else ", ") }}
        {%- endfor %}
    {% endfor %}
{%- endmacro %}

{#
    A millionth further out, and 1e-14 of the number: more than what two casts, one operation, and the rounding to
    a decimal can have moved it inwards.
#}
{% macro outward(number, down) -%}
    {%- set sign = "-" if down else "+" -%}
    {{ to_decimal(number ~ " " ~ sign ~ " (0.000001 + 1e-14 * abs(" ~ number ~ "))") }}
{%- endmacro %}

{% macro where_divisible(b, number) -%}
    case when {{ b }}_low > 0 or {{ b }}_high < 0 then {{ number }} end
{%- endmacro %}

{% macro where_positive(b, number) -%}
    case when {{ b }}_low > 0 then {{ number }} end
{%- endmacro %}

{# A date as a number that reads like one: 20250305. #}
{% macro date_number(date) -%}
    (
        extract(year from {{ date }}) * 10000
        + extract(month from {{ date }}) * 100
        + extract(day from {{ date }})
    )
{%- endmacro %}
