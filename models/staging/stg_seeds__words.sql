with
    source as (select * from {{ ref("words") }}),

    renamed as (select word, language, role, meaning from source)

select *
from renamed
