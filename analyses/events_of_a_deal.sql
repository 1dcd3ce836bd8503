-- What happened to a deal, in order: the Turkish attack helicopters, say?
--
-- Change the deals in `asked`. Dates are as fine as `date_precision` says, and an event
-- without a date comes last. A retelling of the same event is left out.
with
    asked as (
        select deal_id, name
        from fct_deal
        where deal_id in ('tur-attack-helicopters-1996', 't129-atak')
    ),

    events as (select * from fct_event where same_event_as is null),

    final as (
        select
            events.started_on,
            events.date_precision,
            asked.deal_id,
            events.kind,
            events.object,
            events.event_id
        from asked
        inner join bridge_deal_event as bridge on asked.deal_id = bridge.deal_id
        inner join events on bridge.event_id = events.event_id
    )

select *
from final
order by started_on nulls last, event_id
