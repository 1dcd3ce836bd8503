-- How many people does Italy have in each operation, and which of the numbers are only
-- ceilings?
--
-- `people_from` and `people_to` are what a passage says is there; `ceiling` is what may
-- be there at most, by mandate or plan. A ceiling is no count, and one ceiling may
-- cover several missions, so no column is to be added up. Two undated states of one
-- passage are two rows: `note` says which came first.
with
    deployments as (select * from fct_deployment),

    operations as (select * from dim_operation),

    final as (
        select
            operations.name as operation,
            deployments.area,
            year(deployments.period_start) as year,
            case
                when deployments.modality <> 'maximum' then deployments.personnel_low
            end as people_from,
            case
                when deployments.modality <> 'maximum' then deployments.personnel_high
            end as people_to,
            case
                when deployments.modality = 'maximum' then deployments.personnel_high
            end as ceiling,
            deployments.modality,
            deployments.status,
            deployments.note,
            deployments.deployment_id
        from deployments
        left join operations on deployments.operation_id = operations.operation_id
        where deployments.contributor_id = 'ITA'
    )

select *
from final
order by year desc nulls last, operation, people_from desc
