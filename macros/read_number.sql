{#
    The reading of printed numbers. Allow-list first, cast after: '1_000', '0x10' and '1.9'::int all cast happily.

    A comma before exactly three digits separates thousands, before one or two it is a decimal mark; a point is a
    decimal mark before one or two digits. Where the document declares Italian marks, the other way round. A single
    point before exactly three digits in a text with English marks could be either, and is refused.
#}
{# The text of the first number in a printed span: digits with the marks and blanks that stand between digits. #}
{% macro number_text(text) -%}
    nullif(
        {{ extract_group(text, "[0-9](?:[0-9.,'’ \u00a0\u2009\u202f]*[0-9])?") }}, ''
    )
{%- endmacro %}

{# The number without its marks, as text that casts to a decimal; NULL where the marks are ambiguous or unknown. #}
{% macro unmarked_number(number, decimal_mark) -%}
    {#- A text between set and endset keeps \u00a0 as six characters, and would strip their digits from the number. -#}
    {%- set blanks = replace_all(number, "['’ \u00a0\u2009\u202f]", "") -%}
    case
        when {{ full_match(number, "[0-9]+") }}
        then {{ number }}
        when {{ full_match(number, "[0-9]{1,3}(?:['’ \u00a0\u2009\u202f][0-9]{3})+") }}
        then {{ blanks }}
        when
            {{
                full_match(
                    number,
                    "[0-9]{1,3}(?:['’ \u00a0\u2009\u202f][0-9]{3})+[.,][0-9]{1,2}",
                )
            }}
        then replace({{ blanks }}, ',', '.')
        when {{ full_match(number, "[0-9]{1,3}(?:,[0-9]{3})+[.][0-9]+") }}
        then replace({{ number }}, ',', '')
        when {{ full_match(number, "[0-9]{1,3}(?:[.][0-9]{3})+,[0-9]+") }}
        then replace(replace({{ number }}, '.', ''), ',', '.')
        when {{ full_match(number, "[0-9]{1,3}(?:,[0-9]{3}){2,}") }}
        then replace({{ number }}, ',', '')
        when {{ full_match(number, "[0-9]{1,3}(?:[.][0-9]{3}){2,}") }}
        then replace({{ number }}, '.', '')
        when {{ full_match(number, "[0-9]+[.,][0-9]{1,2}") }}
        then replace({{ number }}, ',', '.')
        when {{ full_match(number, "0[.,][0-9]+") }}
        then replace({{ number }}, ',', '.')
        when
            {{ decimal_mark }} = '.' and {{ full_match(number, "[0-9]{1,3},[0-9]{3}") }}
        then replace({{ number }}, ',', '')
        when
            {{ decimal_mark }} = ','
            and {{ full_match(number, "[0-9]{1,3}[.][0-9]{3}") }}
        then replace({{ number }}, '.', '')
        when {{ decimal_mark }} = '.' and {{ full_match(number, "[0-9]+[.][0-9]{4,}") }}
        then {{ number }}
        when {{ decimal_mark }} = ',' and {{ full_match(number, "[0-9]+,[0-9]{4,}") }}
        then replace({{ number }}, ',', '.')
    end
{%- endmacro %}

{# One unit of the last printed digit of an unmarked number: 1 for '6', 0.1 for '35.5', NULL without a number. #}
{% macro last_digit_unit(unmarked) -%}
    case
        length({{ extract_group(unmarked, "[.]([0-9]+)$", 1) }})
        {%- for decimals in range(7) %}
            when {{ decimals }}
            then
                cast(
                    '{{ "1" if decimals == 0 else "0." ~ "0" * (decimals - 1) ~ "1" }}'
                    as decimal(18, 6)
                )
        {%- endfor %}
    end
{%- endmacro %}

{# Lower-case words of a text, each between blanks, signs standing alone: what ' word ' is looked for in. #}
{% macro spaced_words(text) -%}
    ' ' || trim(
        {{
            replace_all(
                "replace(replace(replace(replace(lower("
                ~ text
                ~ "), '$', ' $ '), '€', ' € '), '£', ' £ '), '%', ' % ')",
                "[^\\p{L}$€£%]+",
                " ",
            )
        }}
    )
    || ' '
{%- endmacro %}
