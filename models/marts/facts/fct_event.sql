with
    documents as (select document_id, published_on from {{ ref("dim_document") }}),

    events as (select * from {{ ref("stg_seeds__events") }}),

    dates as (select * from {{ ref("int_events_read") }}),

    final as (
        select
            events.event_id,
            events.document_id,
            events.char_start,
            events.char_end,
            events.as_reported,
            events.kind,
            events.object,
            events.operation_id,
            events.deal_id,
            documents.published_on as known_on,
            events.note,
            dates.started_on,
            dates.ended_on,
            dates.date_precision,
            events.same_event_as
        from events
        inner join documents on events.document_id = documents.document_id
        inner join dates on events.event_id = dates.event_id
    )

select *
from final
