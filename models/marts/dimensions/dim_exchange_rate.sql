with
    -- The currencies that figures can be in.
    currencies as (
        select unit as currency from {{ ref("stg_seeds__units") }} where kind = 'money'
    ),

    quotes as (
        select rates.currency, rates.quoted_on, rates.units_per_eur, rates.source
        from {{ ref("stg_ecb__exchange_rates") }} as rates
        inner join currencies on rates.currency = currencies.currency
        where {{ known_by("rates.quoted_on") }}
    ),

    days as (
        select
            currency,
            quoted_on as period_start,
            quoted_on as period_end,
            'day' as grain,
            units_per_eur,
            source
        from quotes
    ),

    -- The mean of a year that is not over would change every day: only whole years
    -- have one. The year's last
    -- quote is on 29 December or later, whichever weekday the year ends on.
    years as (
        select
            currency,
            cast(extract(year from quoted_on) || '-01-01' as date) as period_start,
            cast(extract(year from quoted_on) || '-12-31' as date) as period_end,
            'year' as grain,
            {{ rounded("cast(sum(units_per_eur) as double) / count(*)", 6) }}
            as units_per_eur,
            'mean of ' || count(*) || ' daily quotes; ' || min(source) as source
        from quotes
        group by currency, extract(year from quoted_on)
        having
            extract(day from min(quoted_on)) <= 4
            and extract(month from min(quoted_on)) = 1
            and extract(day from max(quoted_on)) >= 29
            and extract(month from max(quoted_on)) = 12
    ),

    final as (
        select *
        from days
        union all
        select *
        from years
    )

select *
from final
