{#
    The rule of the verdict, in one place (docs/claims.md says it in words).

    A statement stands for an interval, and so does what is computed from other figures; a NULL end is open.
    Whatever true values lie behind the printed numbers,
      consistent      the statement holds: the computed interval lies within the stated one;
      inconsistent    the statement fails: the two share nothing, not even where "about" widens the stated one;
      ambiguous       what is printed leaves it open;
      not_comparable  something stands in the way of comparing at all, or there is nothing to compute with.
    `slack` is what the outward rounding of the computed ends may have added.
#}
{% macro claim_verdict(obstacle, computed, stated, wide) -%}
    {%- set slack = "0.00001" -%}
    {%- set beyond = "1000000000000000000000" -%}
    {%- set low = "coalesce(" ~ computed ~ "_low, -" ~ beyond ~ ")" -%}
    {%- set high = "coalesce(" ~ computed ~ "_high, " ~ beyond ~ ")" -%}
    case
        when {{ obstacle }} is not null
        then 'not_comparable'
        when
            {{ high }} + {{ slack }} < coalesce({{ wide }}_low, {{ high }})
            or {{ low }} - {{ slack }} > coalesce({{ wide }}_high, {{ low }})
        then 'inconsistent'
        when
            {{ low }} + {{ slack }} >= coalesce({{ stated }}_low, {{ low }})
            and {{ high }} - {{ slack }} <= coalesce({{ stated }}_high, {{ high }})
        then 'consistent'
        else 'ambiguous'
    end
{%- endmacro %}

{# A number as people read it: 6.1 billion, 20.41, 2025-03-05. #}
{% macro shown(number, unit) -%}
    case
        when {{ unit }} = 'date'
        then
            substr(cast(cast({{ number }} as bigint) as {{ text_type() }}), 1, 4)
            || '-'
            || substr(cast(cast({{ number }} as bigint) as {{ text_type() }}), 5, 2)
            || '-'
            || substr(cast(cast({{ number }} as bigint) as {{ text_type() }}), 7, 2)
        when abs({{ number }}) >= 1000000000
        then {{ shortest_quotient(number, 1000000000) }} || ' billion'
        when abs({{ number }}) >= 1000000
        then {{ shortest_quotient(number, 1000000) }} || ' million'
        else {{ shortest(number) }}
    end
{%- endmacro %}

{# A decimal to three digits after the point at most. #}
{% macro shortest(number) -%}
    {{ without_zeros("cast(round(" ~ number ~ ", 3) as decimal(28, 3))") }}
{%- endmacro %}

{# The same of a decimal divided by another number. #}
{% macro shortest_quotient(number, divisor) -%}
    {%- set quotient = "cast(" ~ number ~ " as double) / " ~ divisor -%}
    {{ without_zeros(to_decimal(round_binary(quotient, 3), 28, 3)) }}
{%- endmacro %}

{% macro without_zeros(decimal) -%}
    {{ replace_all("cast(" ~ decimal ~ " as " ~ text_type() ~ ")", "[.]?0+$", "") }}
{%- endmacro %}

{# An interval as people read it; an open end in words. #}
{% macro shown_interval(x, unit) -%}
    case
        when {{ x }}_low is null and {{ x }}_high is null
        then 'an interval open at both ends, in'
        when {{ x }}_low is null
        then 'at most ' || {{ shown(x ~ "_high", unit) }}
        when {{ x }}_high is null
        then 'at least ' || {{ shown(x ~ "_low", unit) }}
        when {{ shown(x ~ "_low", unit) }} = {{ shown(x ~ "_high", unit) }}
        then {{ shown(x ~ "_low", unit) }}
        else {{ shown(x ~ "_low", unit) }} || ' to ' || {{ shown(x ~ "_high", unit) }}
    end || case
        when {{ unit }} = 'date'
        then ''
        when {{ unit }} in ('percent_change', 'percent', 'percent_of_gdp')
        then ' per cent'
        else ' ' || {{ unit }}
    end
{%- endmacro %}
