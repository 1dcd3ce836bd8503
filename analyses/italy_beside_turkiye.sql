-- How does what Italy spends on defence compare with what Türkiye spends?
--
-- Only amounts of one `comparable_group` may be set against each other. Where the
-- country has no amount in the other's group, the row says so: the documents then
-- support no comparison, however near the two numbers look in dollars.
with
    spending as (
        select spending.*, definitions.comparable_group
        from fct_spending as spending
        inner join dim_service as services on spending.service_id = services.service_id
        inner join
            dim_definition as definitions
            on spending.definition = definitions.definition_id
        where
            spending.country_id in ('ITA', 'TUR')
            and services.kind = 'whole_of_government'
            and spending.is_preferred
            and spending.amount is not null
    ),

    final as (
        select
            mine.fiscal_year,
            mine.country_id,
            mine.definition,
            mine.amount,
            mine.currency,
            round(mine.amount_usd / 1e9, 1) as billion_usd,
            exists (
                select 1
                from spending as theirs
                where
                    theirs.country_id <> mine.country_id
                    and theirs.fiscal_year = mine.fiscal_year
                    and theirs.comparable_group = mine.comparable_group
            ) as has_counterpart,
            mine.figure_id
        from spending as mine
    )

select *
from final
order by fiscal_year, country_id
