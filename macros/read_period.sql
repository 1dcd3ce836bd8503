{#
    The reading of printed dates: one side of a period ("5 March 2025", "July 2025", "2025", "1970s", "2025-03-05").
    Each macro takes the side's text and the number of the month that it names; NULL where the side is no date.
#}
{# day, month, year or decade; NULL where the text has none of the accepted forms. #}
{% macro period_side_precision(side, month) -%}
    case
        when {{ full_match(side, "[0-9]{4}") }}
        then 'year'
        when {{ full_match(side, "(?:(?:early|mid|late)[- ])?[0-9]{3}0s") }}
        then 'decade'
        when {{ full_match(side, "[0-9]{4}-[0-9]{2}") }}
        then 'month'
        when {{ full_match(side, "[0-9]{4}-[0-9]{2}-[0-9]{2}") }}
        then 'day'
        when {{ month }} is null
        then null
        when {{ full_match(side, "[A-Za-z]+,? [0-9]{4}") }}
        then 'month'
        when {{ full_match(side, "[0-9]{1,2} [A-Za-z]+,? [0-9]{4}") }}
        then 'day'
        when {{ full_match(side, "[A-Za-z]+ [0-9]{1,2},? [0-9]{4}") }}
        then 'day'
    end
{%- endmacro %}

{# The first day of the side, as an ISO text that casts to a date. #}
{% macro period_side_start(side, month, precision) -%}
    case
        {{ precision }}
        when 'year'
        then {{ side }} || '-01-01'
        when 'decade'
        then {{ extract_group(side, "[0-9]{4}") }} || '-01-01'
        when 'month'
        then
            coalesce(
                nullif({{ extract_group(side, "^[0-9]{4}-[0-9]{2}$") }}, ''),
                {{ extract_group(side, "[0-9]{4}") }} || '-' || {{ month }}
            )
            || '-01'
        when 'day'
        then
            coalesce(
                nullif({{ extract_group(side, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$") }}, ''),
                {{ extract_group(side, "[0-9]{4}") }}
                || '-'
                || {{ month }}
                || '-'
                || lpad(
                    {{ extract_group(side, "(?:^| )([0-9]{1,2})(?:,? |$)", 1) }}, 2, '0'
                )
            )
    end
{%- endmacro %}

{# The last day of the side that begins on `start`. #}
{% macro period_side_end(start, precision) -%}
    case
        {{ precision }}
        when 'day'
        then {{ start }}
        when 'month'
        then last_day({{ start }})
        when 'year'
        then cast(extract(year from {{ start }}) || '-12-31' as date)
        when 'decade'
        then cast((extract(year from {{ start }}) + 9) || '-12-31' as date)
    end
{%- endmacro %}
