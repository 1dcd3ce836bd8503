with
    editions as (
        select *
        from {{ ref("stg_seeds__macro_editions") }}
        where {{ known_by("published_on") }}
    ),

    levels as (
        select * from {{ ref("int_gdp_levels") }} where {{ known_by("published_on") }}
    ),

    volume_growth as (
        select
            country_id,
            fiscal_year,
            publisher,
            published_on,
            1 + cast(value as double) / 100 as volume_factor
        from editions
        where indicator = 'gdp_volume_growth'
    ),

    -- An edition's own growth at current prices, printed or between its own two
    -- levels. Never between levels of
    -- two editions: then a revision would pass for inflation.
    current_growth as (
        select
            country_id,
            fiscal_year,
            published_on,
            1 + cast(value as double) / 100 as current_factor,
            1 as place
        from editions
        where indicator = 'gdp_current_growth'
        union all
        select
            levels.country_id,
            levels.fiscal_year,
            levels.published_on,
            cast(levels.value as double)
            / cast(previous.value as double) as current_factor,
            2 as place
        from levels
        inner join
            levels as previous
            on levels.country_id = previous.country_id
            and levels.fiscal_year = previous.fiscal_year + 1
            and levels.published_on = previous.published_on
    ),

    paired as (
        select
            volume_growth.country_id,
            volume_growth.fiscal_year,
            volume_growth.publisher,
            volume_growth.published_on,
            current_growth.current_factor / volume_growth.volume_factor as price_factor,
            row_number() over (
                partition by volume_growth.country_id, volume_growth.fiscal_year
                order by volume_growth.published_on desc, current_growth.place
            ) as place
        from volume_growth
        inner join
            current_growth
            on volume_growth.country_id = current_growth.country_id
            and volume_growth.fiscal_year = current_growth.fiscal_year
            and volume_growth.published_on = current_growth.published_on
    ),

    final as (
        select
            country_id,
            fiscal_year,
            publisher,
            published_on,
            {{ to_decimal(round_binary("price_factor", 9), 18, 9) }} as price_factor
        from paired
        where place = 1
    )

select *
from final
