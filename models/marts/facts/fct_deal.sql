with
    deals as (select * from {{ ref("stg_seeds__deals") }}),

    figures as (select * from {{ ref("fct_figure") }} where same_fact_as is null),

    events as (select * from {{ ref("fct_event") }} where date_precision <> 'unknown'),

    -- A deal's value and quantity, where it has exactly one of each; several stay in
    -- the bridge.
    amounts as (
        select
            deal_id,
            case when count(value) = 1 then max(value) end as value,
            case when count(value) = 1 then max(unit) end as currency,
            case
                when count(value) = 1
                then max(case when value is not null then figure_id end)
            end as value_figure_id
        from figures
        where
            deal_id is not null
            and measure in ('deal_value', 'loan_value', 'export_authorisations_value')
        group by deal_id
    ),

    converted as (select * from {{ ref("int_amounts_converted") }}),

    quantities as (
        select
            deal_id,
            case when count(value) = 1 then max(value) end as quantity,
            case when count(value) = 1 then max(unit) end as quantity_unit
        from figures
        where deal_id is not null and measure = 'deal_quantity'
        group by deal_id
    ),

    dated as (
        select deal_id, started_on, ended_on, date_precision
        from events
        where deal_id is not null
        union all
        select deal_id, period_start, period_end, period_precision
        from figures
        where deal_id is not null and period_precision <> 'unknown'
    ),

    dates as (
        select
            deal_id,
            min(started_on) as started_on,
            max(ended_on) as ended_on,
            -- The coarsest of the dates behind it.
            case
                when max(case when date_precision = 'decade' then 1 else 0 end) = 1
                then 'decade'
                when max(case when date_precision = 'year' then 1 else 0 end) = 1
                then 'year'
                when max(case when date_precision = 'month' then 1 else 0 end) = 1
                then 'month'
                else 'day'
            end as date_precision
        from dated
        group by deal_id
    ),

    final as (
        select
            deals.deal_id,
            deals.name,
            deals.kind,
            deals.buyer_id,
            deals.seller_id,
            deals.item,
            quantities.quantity,
            quantities.quantity_unit,
            amounts.value,
            amounts.currency,
            converted.amount_eur as value_eur,
            converted.amount_eur_low as value_eur_low,
            converted.amount_eur_high as value_eur_high,
            converted.amount_usd as value_usd,
            converted.amount_usd_low as value_usd_low,
            converted.amount_usd_high as value_usd_high,
            converted.units_per_eur,
            converted.usd_per_eur,
            converted.rate_start,
            converted.rate_date,
            converted.rate_grain,
            converted.rate_source,
            converted.conversion_gap,
            deals.status,
            dates.started_on,
            dates.ended_on,
            coalesce(dates.date_precision, 'unknown') as date_precision,
            deals.part_of_deal_id,
            deals.note
        from deals
        left join amounts on deals.deal_id = amounts.deal_id
        left join converted on amounts.value_figure_id = converted.figure_id
        left join quantities on deals.deal_id = quantities.deal_id
        left join dates on deals.deal_id = dates.deal_id
    )

select *
from final
