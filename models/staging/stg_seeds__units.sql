with
    source as (select * from {{ ref("units") }}),

    renamed as (select unit, kind, meaning from source)

select *
from renamed
