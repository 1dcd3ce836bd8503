-- Has Italy's integrated defence budget grown once inflation is taken out?
--
-- Amounts at prices of the base year that fct_spending names, by Istat's implicit
-- deflator of GDP: the economy's prices, not those of defence. `deflator_editions` says
-- which publications each factor comes from. A year without a preceding one has no
-- growth.
with
    budgets as (
        select
            fiscal_year,
            amount_eur,
            amount_eur_constant,
            deflator_editions,
            lag(amount_eur) over years as previous_eur,
            lag(amount_eur_constant) over years as previous_eur_constant,
            first_value(amount_eur_constant) over years as first_eur_constant
        from fct_spending
        where
            country_id = 'ITA'
            and definition = 'integrated_budget'
            and is_preferred
            and amount_eur_constant is not null
        window years as (order by fiscal_year)
    ),

    final as (
        select
            fiscal_year,
            amount_eur,
            round(amount_eur_constant, 0) as amount_eur_constant,
            round(100 * (amount_eur / previous_eur - 1), 1) as growth_nominal_pct,
            round(
                100 * (amount_eur_constant / previous_eur_constant - 1), 1
            ) as growth_real_pct,
            round(
                100 * (amount_eur_constant / first_eur_constant - 1), 1
            ) as since_first_year_real_pct,
            deflator_editions
        from budgets
    )

select *
from final
order by fiscal_year
