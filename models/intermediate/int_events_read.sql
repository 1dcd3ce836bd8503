with
    events as (select * from {{ ref("stg_seeds__events") }}),

    periods as (select * from {{ ref("int_periods_read") }}),

    final as (
        select
            events.event_id,
            periods.period_start as started_on,
            periods.period_end as ended_on,
            coalesce(periods.date_precision, 'unknown') as date_precision
        from events
        left join periods on events.period_printed = periods.period_printed
    )

select *
from final
