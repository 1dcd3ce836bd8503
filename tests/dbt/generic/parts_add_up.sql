{# The columns named as parts add up to the total, row by row. #}
{% test parts_add_up(model, total, parts) %}
    select * from {{ model }} where {{ total }} <> {{ parts | join(" + ") }}
{% endtest %}
