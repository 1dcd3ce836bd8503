with
    parties as (select * from {{ ref("stg_seeds__parties") }}),

    final as (select party_id, name, kind, iso3 from parties)

select *
from final
