with
    aliases as (select * from {{ ref("stg_seeds__party_aliases") }}),

    final as (select alias, party_id from aliases)

select *
from final
