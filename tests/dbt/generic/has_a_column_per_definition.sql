{# Every preferred amount of fct_spending stands in the report: no definition lacks its column. #}
{% test has_a_column_per_definition(model) %}
    {%- set columns = (
        adapter.get_columns_in_relation(model) | map(attribute="name") | list
    ) %}
    select definition, currency
    from {{ ref("fct_spending") }}
    where
        is_preferred
        and amount is not null
        and definition || '_' || lower(currency) not in ('{{ columns | join("', '") }}')
    group by definition, currency
{% endtest %}
