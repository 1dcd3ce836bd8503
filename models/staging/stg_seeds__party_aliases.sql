with
    source as (select * from {{ ref("party_aliases") }}),

    renamed as (select alias, party_id from source)

select *
from renamed
