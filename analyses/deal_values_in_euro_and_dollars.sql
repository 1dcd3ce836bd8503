-- What is each deal worth in euro and in dollars, and at which rate?
--
-- At the European Central Bank's reference rates of the deal's own time; before 1999
-- there is no euro, so a deal of the 1970s has no value in it. Prices of each deal's
-- own year: nothing here is deflated, and a part of a deal is inside it.
with
    deals as (select * from fct_deal where value is not null),

    final as (
        select
            deal_id,
            status,
            value,
            currency,
            round(value_eur / 1e6, 1) as million_eur,
            round(value_usd / 1e6, 1) as million_usd,
            usd_per_eur,
            rate_grain,
            rate_date,
            conversion_gap,
            part_of_deal_id
        from deals
    )

select *
from final
order by million_usd desc nulls last, deal_id
