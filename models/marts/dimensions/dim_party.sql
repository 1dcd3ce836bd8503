with
    parties as (select * from {{ ref("stg_seeds__parties") }}),

    final as (select party_id, name, kind, iso3, country_id from parties)

select *
from final
