{#
    No converted amount without rate, date, grain and source; and none missing without a reason. An amount in the
    currency asked for is no conversion.
#}
{% test is_converted_with_its_rate(model, amount, currency, eur, usd) %}
    select *
    from {{ model }}
    where
        (
            (
                ({{ eur }} is not null and {{ currency }} <> 'EUR')
                or ({{ usd }} is not null and {{ currency }} <> 'USD')
            )
            and (
                units_per_eur is null
                or usd_per_eur is null
                or rate_date is null
                or rate_grain is null
                or rate_source is null
            )
        )
        or (
            {{ amount }} is not null
            and ({{ eur }} is null or {{ usd }} is null)
            and conversion_gap is null
        )
{% endtest %}
