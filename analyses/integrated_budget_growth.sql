-- How fast has Italy's integrated defence budget grown, year on year and since 2022?
--
-- Growth is that of the printed amounts, at current prices: no document says what
-- inflation took. The span that the amounts' rounding leaves to it is given beside it:
-- read 9.91 as "between 9.6 and 10.2 per cent".
with
    budgets as (
        select
            spending.fiscal_year,
            spending.amount as amount_eur,
            spending.growth_computed_pct,
            figures.rounding_low,
            figures.rounding_high,
            lag(figures.rounding_low) over years as previous_low,
            lag(figures.rounding_high) over years as previous_high,
            first_value(spending.amount) over years as first_amount
        from fct_spending as spending
        inner join fct_figure as figures on spending.figure_id = figures.figure_id
        where
            spending.country_id = 'ITA'
            and spending.definition = 'integrated_budget'
            and spending.is_preferred
            and spending.amount is not null
        window years as (order by spending.fiscal_year)
    ),

    final as (
        select
            fiscal_year,
            amount_eur,
            growth_computed_pct as growth_pct,
            round(100 * (rounding_low / previous_high - 1), 1) as growth_at_least_pct,
            round(100 * (rounding_high / previous_low - 1), 1) as growth_at_most_pct,
            round(100 * (amount_eur / first_amount - 1), 1) as since_first_year_pct
        from budgets
    )

select *
from final
order by fiscal_year
