{# Every amount, count and percentage: exact, to a millionth. Never floating point, whose sums differ between runs. #}
{% macro decimal_type() %} decimal(28, 6){% endmacro -%}

{# Binary arithmetic becomes a decimal here and nowhere else: rounded to so many digits after the point. #}
{% macro rounded(number, digits) -%}
    {{ to_decimal(round_binary(number, digits)) }}
{%- endmacro %}
