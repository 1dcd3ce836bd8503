{#
    Interval arithmetic on pairs of columns: `x` stands for x_low and x_high, decimals with x_low <= x_high.
    Whatever true values lie in the operands, the true result lies in what comes out: every end is rounded
    outwards to the millionth. A NULL end is open, and so is what it leads to; a divisor that may be zero opens both
    ends. A number that is missing altogether is open at both ends: whoever needs it must say that it is missing.

    Each macro writes two columns of a select list, <result>_low and <result>_high.
#}
{#
    What a printed figure of fct_figure stands for: every number that rounds to it; half a unit of its last digit more on
    either side where it is only "about"; no upper end for "at least", no lower end for "up to".
#}
{% macro figure_interval(figures, result) -%}
    {%- for end, open_beside, bounded_by in [
        ("low", "maximum", "minimum"),
        ("high", "minimum", "maximum"),
    ] %}
        case
            {{ figures }}.modality
            when '{{ open_beside }}'
            then null
            when '{{ bounded_by }}'
            then {{ figures }}.value
            when 'approximate'
            then 2 * {{ figures }}.rounding_{{ end }} - {{ figures }}.value
            else {{ figures }}.rounding_{{ end }}
        end as {{ result }}_{{ end }}{{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}

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

{#
    The operation at the four corners. In binary, whose error `outward` covers: a product of decimals may overflow. An
    open end is infinite there. Infinity times zero and infinity over infinity are no number; the other three corners
    then reach as far as the result does, and zero is among what lies between.
#}
{% macro corners(a, b, operator) -%}
    {%- for a_end in ["low", "high"] %}
        {%- for b_end in ["low", "high"] %}
            {%- set divisor = end_or_infinity(b, b_end) -%}
            coalesce(
                nullif(
                    {{ end_or_infinity(a, a_end) }}
                    {{ operator }}
                    {{
                        (
                            "nullif(" ~ divisor ~ ", 0)"
                            if operator == "/"
                            else divisor
                        )
                    }},
                    cast('nan' as double)
                ),
                0
            ){{ "" if a_end == "high" and b_end == "high" else ", " }}
        {%- endfor %}
    {%- endfor %}
{%- endmacro %}

{% macro end_or_infinity(x, end) -%}
    coalesce(cast({{ x }}_{{ end }} as double), {{ infinity(end) }})
{%- endmacro %}

{% macro infinity(end) -%}
    cast('{{ "-" if end == "low" }}infinity' as double)
{%- endmacro %}

{#
    A millionth further out, and 1e-14 of the number: more than what two casts, one operation, and the rounding to
    a decimal can have moved it inwards. What is infinite is an open end again.
#}
{% macro outward(number, down) -%}
    {%- set sign = "-" if down else "+" -%}
    {%- set finite = (
        "nullif("
        ~ number
        ~ ", "
        ~ infinity("low" if down else "high")
        ~ ")"
    ) -%}
    {{ to_decimal(finite ~ " " ~ sign ~ " (0.000001 + 1e-14 * abs(" ~ finite ~ "))") }}
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
