with
    source as (select * from {{ ref("commitments") }}),

    renamed as (
        select
            document_id || '@' || char_start as figure_id,
            due as due_printed,
            status,
            note
        from source
    )

select *
from renamed
