with
    grouped as (select * from {{ ref("int_deployments_grouped") }}),

    final as (select deployment_id, figure_id, measure from grouped)

select *
from final
