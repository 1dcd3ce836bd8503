with
    source as (select * from {{ ref("deal_parties") }}),

    renamed as (select deal_id, party_id, role from source)

select *
from renamed
