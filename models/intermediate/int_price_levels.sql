{% set base_year = var("price_base_year") | int %}
with
    changes as (select * from {{ ref("int_price_changes") }}),

    countries as (select distinct country_id from {{ ref("int_gdp_levels") }}),

    -- From the base year forwards, and backwards to the year before each change.
    years as (
        select country_id, {{ base_year }} as fiscal_year
        from countries
        union
        select
            country_id,
            case
                when fiscal_year > {{ base_year }} then fiscal_year else fiscal_year - 1
            end as fiscal_year
        from changes
    ),

    chained as (
        select
            years.country_id,
            years.fiscal_year,
            count(changes.fiscal_year) as links,
            {{
                round_binary(
                    "exp(coalesce(sum(ln(cast(changes.price_factor as double))), 0))",
                    9,
                )
            }} as chain,
            {{
                dbt.listagg(
                    "changes.fiscal_year || ' by ' || changes.publisher || ' of ' || changes.published_on",
                    "', '",
                    "order by changes.fiscal_year",
                )
            }}
            as deflator_editions
        from years
        left join
            changes
            on years.country_id = changes.country_id
            and changes.fiscal_year > least(years.fiscal_year, {{ base_year }})
            and changes.fiscal_year <= greatest(years.fiscal_year, {{ base_year }})
        group by years.country_id, years.fiscal_year
    ),

    final as (
        select
            country_id,
            fiscal_year,
            case
                when fiscal_year >= {{ base_year }}
                then {{ to_decimal("chain", 18, 9) }}
                else {{ to_decimal("1 / chain", 18, 9) }}
            end as price_level,
            coalesce(deflator_editions, 'base year') as deflator_editions
        from chained
        -- A chain with a missing link says nothing.
        where links = abs(fiscal_year - {{ base_year }})
    )

select *
from final
