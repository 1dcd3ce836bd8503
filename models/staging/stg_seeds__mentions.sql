with
    source as (select * from {{ ref("mentions") }}),

    renamed as (
        select
            document_id || '@' || char_start as mention_id,
            document_id,
            cast(char_start as integer) as char_start,
            cast(char_end as integer) as char_end,
            kind
        from source
    )

select *
from renamed
