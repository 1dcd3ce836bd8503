with
    source as (select * from {{ ref("operations") }}),

    renamed as (select operation_id, name, lead_organisation_id, area, note from source)

select *
from renamed
