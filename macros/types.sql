{# Every amount, count and percentage: exact, to a millionth. Never floating point, whose sums differ between runs. #}
{% macro decimal_type() %} decimal(28, 6){% endmacro -%}
