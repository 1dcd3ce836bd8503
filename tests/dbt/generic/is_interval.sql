{# Where both ends are known, the low one is not above the high one. #}
{% test is_interval(model, low, high) %}
    select * from {{ model }} where {{ low }} > {{ high }}
{% endtest %}
