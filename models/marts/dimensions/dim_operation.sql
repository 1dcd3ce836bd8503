with
    operations as (select * from {{ ref("stg_seeds__operations") }}),

    events as (select * from {{ ref("stg_seeds__events") }}),

    dates as (select * from {{ ref("int_events_read") }}),

    -- An event told twice is dated by its finest date: "2003" must not move the
    -- beginning of "31 March 2003" to January.
    tellings as (
        select
            events.operation_id,
            events.kind,
            dates.started_on,
            dates.ended_on,
            row_number() over (
                partition by coalesce(events.same_event_as, events.event_id)
                order by
                    case
                        dates.date_precision
                        when 'day'
                        then 1
                        when 'month'
                        then 2
                        when 'year'
                        then 3
                        when 'decade'
                        then 4
                        else 5
                    end,
                    events.char_start
            ) as place
        from events
        inner join dates on events.event_id = dates.event_id
        where
            events.operation_id is not null
            and events.kind in ('mission_start', 'mission_end')
    ),

    -- The dates of an operation are those of the events that begin and end it.
    bounds as (
        select
            operation_id,
            min(case when kind = 'mission_start' then started_on end) as started_on,
            max(case when kind = 'mission_end' then ended_on end) as ended_on
        from tellings
        where place = 1
        group by operation_id
    ),

    final as (
        select
            operations.operation_id,
            operations.name,
            operations.lead_organisation_id,
            operations.area,
            bounds.started_on,
            bounds.ended_on,
            operations.note
        from operations
        left join bounds on operations.operation_id = bounds.operation_id
    )

select *
from final
