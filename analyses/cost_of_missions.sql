-- What do missions abroad cost, and how much of it falls due only in a later year?
--
-- The financial requirement as the Government put it to Parliament: a ceiling on money,
-- not an outturn. It is for the whole mission or group of missions, so dividing it by a
-- ceiling of personnel gives no cost per head.
with
    figures as (select * from fct_figure where definition = 'mission_cost'),

    costs as (
        select * from figures where measure = 'operation_cost' and same_fact_as is null
    ),

    later as (
        select subset_of as figure_id, sum(value) as payable_later
        from figures
        where measure = 'operation_cost_payable_later' and same_fact_as is null
        group by subset_of
    ),

    final as (
        select
            dim_operation.name as operation,
            year(costs.period_start) as year,
            costs.value as cost,
            costs.unit as currency,
            later.payable_later,
            costs.value - later.payable_later as payable_in_the_year,
            costs.status,
            costs.attributed_to,
            costs.figure_id
        from costs
        inner join dim_operation on costs.operation_id = dim_operation.operation_id
        left join later on costs.figure_id = later.figure_id
    )

select *
from final
order by year, operation
