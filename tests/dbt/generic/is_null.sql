{# Every row has NULL in the column; the failing rows show what stands there instead. #}
{% test is_null(model, column_name) %}
    select * from {{ model }} where {{ column_name }} is not null
{% endtest %}
