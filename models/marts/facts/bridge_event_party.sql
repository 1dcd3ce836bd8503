with
    members as ({{ split_members(ref("stg_seeds__events"), "event_id", "parties") }}),

    final as (select distinct event_id, member as party_id from members)

select *
from final
