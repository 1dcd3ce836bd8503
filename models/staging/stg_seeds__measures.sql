with
    source as (select * from {{ ref("measures") }}),

    renamed as (select measure, family, unit, meaning from source)

select *
from renamed
