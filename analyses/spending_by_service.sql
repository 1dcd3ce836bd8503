-- What did each armed service spend in 2025, and what is known beside it?
--
-- The services' direct costs are one definition, the ministry's budget another: what
-- the services leave out is said in the last column. So the services do not add up to
-- the ministry, and no row here is a total of others.
with
    spending as (select * from fct_spending where is_preferred and amount is not null),

    services as (select * from dim_service),

    definitions as (select * from dim_definition),

    final as (
        select
            spending.fiscal_year,
            services.name as service,
            spending.definition,
            spending.amount,
            spending.currency,
            spending.status,
            definitions.excludes as left_out
        from spending
        inner join services on spending.service_id = services.service_id
        inner join definitions on spending.definition = definitions.definition_id
        where
            spending.country_id = 'ITA'
            and spending.fiscal_year = 2025
            and services.kind in ('armed_service', 'ministry')
    )

select *
from final
order by definition, amount desc
