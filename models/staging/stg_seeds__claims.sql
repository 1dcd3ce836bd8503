with
    source as (select * from {{ ref("claims") }}),

    renamed as (
        select
            claim_id,
            document_id,
            kind,
            compares,
            relation,
            coalesce(across, 'no') = 'yes' as is_across,
            price_basis,
            note
        from source
    )

select *
from renamed
