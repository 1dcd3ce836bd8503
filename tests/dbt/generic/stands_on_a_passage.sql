{#
    Every row has a passage in one of the bridges: a row there with the same key, whose column `passage` is filled.
    Where a figure_id of the row itself is not null and refers to fct_figure, its contract says so already.
#}
{% test stands_on_a_passage(model, column_name, bridges) %}
    select {{ column_name }}
    from {{ model }} as facts
    where
        true
        {%- for bridge in bridges %}
            and not exists (
                select 1
                from {{ bridge.table }} as bridge
                where
                    bridge.{{ column_name }} = facts.{{ column_name }}
                    and bridge.{{ bridge.passage }} is not null
            )
        {%- endfor %}
{% endtest %}
