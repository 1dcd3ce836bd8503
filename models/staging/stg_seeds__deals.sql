with
    source as (select * from {{ ref("deals") }}),

    renamed as (
        select
            deal_id,
            name,
            kind,
            buyer_id,
            seller_id,
            item,
            status,
            part_of_deal_id,
            note
        from source
    )

select *
from renamed
