with
    source as (select * from {{ ref("parties") }}),

    renamed as (select party_id, name, kind, iso3, country_id from source)

select *
from renamed
