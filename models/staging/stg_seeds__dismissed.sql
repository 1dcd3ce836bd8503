with
    source as (select * from {{ ref("dismissed") }}),

    renamed as (
        select
            document_id,
            cast(char_start as integer) as char_start,
            cast(char_end as integer) as char_end,
            as_reported,
            reason
        from source
    )

select *
from renamed
