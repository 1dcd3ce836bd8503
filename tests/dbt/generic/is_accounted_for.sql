{# Every mention is captured or dismissed; the failing rows point at those that are not. #}
{% test is_accounted_for(model) %}
    select mention_id, char_start, char_end, kind
    from {{ model }}
    where outcome = 'unaccounted'
{% endtest %}
