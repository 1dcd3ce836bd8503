with
    -- Whatever a conversion may be asked of, in a currency and with a period of its
    -- own.
    amounts as (
        select
            figures.figure_id,
            figures.value as amount,
            figures.unit as currency,
            figures.period_start,
            figures.period_end,
            figures.period_precision
        from {{ ref("fct_figure") }} as figures
        inner join {{ ref("stg_seeds__units") }} as units on figures.unit = units.unit
        where units.kind = 'money' and figures.value is not null
    ),

    doubts as (select * from {{ ref("int_currency_doubts") }}),

    rates as (select * from {{ ref("dim_exchange_rate") }}),

    -- The euro against itself, so that every currency is looked up alike.
    quotes as (
        select currency, period_start, period_end, grain, units_per_eur, source
        from rates
        union all
        select distinct
            'EUR' as currency,
            period_start,
            period_end,
            grain,
            1 as units_per_eur,
            source
        from rates
        where currency = 'USD'
    ),

    -- A year's flow at the year's mean, a day's deal at the day's rate, a month's
    -- between all the month's rates.
    grained as (
        select
            *,
            case
                when
                    period_precision = 'year'
                    and extract(year from period_start) = extract(year from period_end)
                then 'year'
                when period_precision = 'day' and period_start = period_end
                then 'day'
                when
                    -- A whole year may be printed by its first and last day.
                    period_precision = 'day'
                    and period_start
                    = cast(extract(year from period_start) || '-01-01' as date)
                    and period_end
                    = cast(extract(year from period_start) || '-12-31' as date)
                then 'year'
                when
                    period_precision = 'month'
                    and extract(year from period_start) = extract(year from period_end)
                    and extract(month from period_start)
                    = extract(month from period_end)
                then 'month'
            end as rate_grain
        from amounts
    ),

    -- What is asked of the rates, once each: a million amounts of one year share its
    -- rate.
    asked as (
        select distinct currency, period_start, period_end, rate_grain
        from grained
        where rate_grain is not null
    ),

    -- Every pair of quotes, of the currency asked for and of the dollar, that the
    -- period allows.
    quoted as (
        select
            asked.currency,
            asked.period_start as asked_start,
            asked.period_end as asked_end,
            asked.rate_grain,
            quotes.period_start,
            quotes.period_end,
            quotes.source,
            quotes.units_per_eur,
            dollars.units_per_eur as usd_per_eur,
            row_number() over (
                partition by
                    asked.currency,
                    asked.period_start,
                    asked.period_end,
                    asked.rate_grain
                order by quotes.period_start desc
            ) as latest_place
        from asked
        inner join
            quotes
            on asked.currency = quotes.currency
            and quotes.grain
            = case asked.rate_grain when 'year' then 'year' else 'day' end
            and quotes.period_start <= asked.period_end
            -- The last day quoted before a holiday is a few days back at most.
            and quotes.period_start >= case
                asked.rate_grain
                when 'day'
                then asked.period_start - interval 10 day
                else asked.period_start
            end
        inner join
            quotes as dollars
            on dollars.currency = 'USD'
            and quotes.grain = dollars.grain
            and quotes.period_start = dollars.period_start
    ),

    rated as (
        select
            currency,
            asked_start,
            asked_end,
            rate_grain,
            min(period_start) as rate_start,
            max(period_end) as rate_date,
            min(source) as rate_source,
            {{ rounded("cast(sum(units_per_eur) as double) / count(*)", 6) }}
            as units_per_eur,
            {{ rounded("cast(sum(usd_per_eur) as double) / count(*)", 6) }}
            as usd_per_eur,
            min(units_per_eur) as units_per_eur_low,
            max(units_per_eur) as units_per_eur_high,
            -- Dollars for one unit of the amount's currency: the two quotes of one
            -- day belong together.
            min(
                cast(usd_per_eur as double) / cast(units_per_eur as double)
            ) as usd_per_unit_low,
            max(
                cast(usd_per_eur as double) / cast(units_per_eur as double)
            ) as usd_per_unit_high
        from quoted
        where rate_grain <> 'day' or latest_place = 1
        group by currency, asked_start, asked_end, rate_grain
    ),

    final as (
        select
            grained.figure_id,
            grained.amount,
            grained.currency,
            case
                when doubts.figure_id is null then rated.units_per_eur
            end as units_per_eur,
            case
                when doubts.figure_id is null then rated.usd_per_eur
            end as usd_per_eur,
            case when doubts.figure_id is null then rated.rate_start end as rate_start,
            case when doubts.figure_id is null then rated.rate_date end as rate_date,
            case
                when doubts.figure_id is null and rated.currency is not null
                then grained.rate_grain
            end as rate_grain,
            case
                when doubts.figure_id is null then rated.rate_source
            end as rate_source,
            case
                when doubts.figure_id is not null
                then null
                when grained.currency = 'EUR'
                then grained.amount
                else {{ to_eur("grained.amount", "rated.units_per_eur") }}
            end as amount_eur,
            case
                when doubts.figure_id is not null
                then null
                when grained.currency = 'USD'
                then grained.amount
                else
                    {{
                        to_usd(
                            "grained.amount",
                            "rated.units_per_eur",
                            "rated.usd_per_eur",
                        )
                    }}
            end as amount_usd,
            case
                when doubts.figure_id is not null
                then null
                when grained.currency = 'EUR'
                then grained.amount
                else {{ to_eur("grained.amount", "rated.units_per_eur_high") }}
            end as amount_eur_low,
            case
                when doubts.figure_id is not null
                then null
                when grained.currency = 'EUR'
                then grained.amount
                else {{ to_eur("grained.amount", "rated.units_per_eur_low") }}
            end as amount_eur_high,
            case
                when doubts.figure_id is not null
                then null
                when grained.currency = 'USD'
                then grained.amount
                else {{ to_usd("grained.amount", "1", "rated.usd_per_unit_low") }}
            end as amount_usd_low,
            case
                when doubts.figure_id is not null
                then null
                when grained.currency = 'USD'
                then grained.amount
                else {{ to_usd("grained.amount", "1", "rated.usd_per_unit_high") }}
            end as amount_usd_high,
            case
                when doubts.figure_id is not null
                then 'the document prints two currencies for this fact'
                when rated.currency is not null
                then null
                when grained.period_end is null or grained.period_start is null
                then 'no date is printed'
                when grained.period_start < cast('1999-01-01' as date)
                then 'before 1999 the euro had no rates'
                when grained.rate_grain is null
                then
                    'the amount is spread over several years, or dated too coarsely for one rate'
                else 'no rate of that time was published by then'
            end as conversion_gap
        from grained
        left join
            rated
            on grained.currency = rated.currency
            and grained.period_start = rated.asked_start
            and grained.period_end = rated.asked_end
            and grained.rate_grain = rated.rate_grain
        left join doubts on grained.figure_id = doubts.figure_id
    )

select *
from final
