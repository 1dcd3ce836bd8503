with
    events as (select * from {{ ref("fct_event") }}),

    final as (select deal_id, event_id from events where deal_id is not null)

select *
from final
