with
    source as (select * from {{ ref("claim_spans") }}),

    renamed as (
        select
            claim_id,
            role,
            operand,
            document_id,
            as_reported,
            cast(char_start as integer) as char_start,
            cast(char_end as integer) as char_end
        from source
    )

select *
from renamed
