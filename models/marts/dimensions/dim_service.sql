with
    services as (select * from {{ ref("stg_seeds__services") }}),

    final as (
        select service_id, name, country_id, kind, parent_service_id, definition
        from services
    )

select *
from final
