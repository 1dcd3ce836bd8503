{# No character of a document belongs to two figures. #}
{% test spans_do_not_overlap(model) %}
    select first_span.figure_id, second_span.figure_id as overlaps
    from {{ model }} as first_span
    inner join
        {{ model }} as second_span
        on first_span.document_id = second_span.document_id
        and first_span.char_start < second_span.char_start
        and second_span.char_start < first_span.char_end
{% endtest %}
