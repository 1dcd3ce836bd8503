with
    source as (select * from {{ ref("claim_figures") }}),

    renamed as (
        select claim_id, role, operand, figure_id, event_id, indicator from source
    )

select *
from renamed
