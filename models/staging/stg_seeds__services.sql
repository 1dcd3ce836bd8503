with
    source as (select * from {{ ref("services") }}),

    renamed as (
        select service_id, name, country_id, kind, parent_service_id, definition
        from source
    )

select *
from renamed
