with
    operations as (select * from {{ ref("stg_seeds__operations") }}),

    events as (select * from {{ ref("stg_seeds__events") }}),

    dates as (select * from {{ ref("int_events_read") }}),

    -- The dates of an operation are those of the events that begin and end it.
    bounds as (
        select
            events.operation_id,
            min(
                case when events.kind = 'mission_start' then dates.started_on end
            ) as started_on,
            max(
                case when events.kind = 'mission_end' then dates.ended_on end
            ) as ended_on
        from events
        inner join dates on events.event_id = dates.event_id
        where events.operation_id is not null
        group by events.operation_id
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
