with
    levels as (
        select
            edition_id,
            country_id,
            'gdp_current' as indicator,
            fiscal_year,
            value,
            'EUR' as unit,
            basis,
            publisher,
            published_on
        from {{ ref("int_gdp_levels") }}
    ),

    printed as (select * from {{ ref("stg_seeds__macro_editions") }}),

    growth as (
        select
            edition_id,
            country_id,
            indicator,
            fiscal_year,
            value,
            unit,
            'printed' as basis,
            publisher,
            published_on
        from printed
        where indicator in ('gdp_current_growth', 'gdp_volume_growth')
    ),

    together as (
        select *
        from levels
        union all
        select *
        from growth
    ),

    -- The notes of a level that was worked out are those of its revision.
    notes as (
        select
            country_id,
            replace(indicator, '_revision', '') as indicator,
            fiscal_year,
            published_on,
            max(note) as note
        from printed
        group by
            country_id, replace(indicator, '_revision', ''), fiscal_year, published_on
    ),

    final as (
        select
            together.edition_id,
            together.country_id,
            together.indicator,
            together.fiscal_year,
            cast(together.value as {{ decimal_type() }}) as value,
            together.unit,
            together.basis,
            together.publisher,
            together.published_on,
            row_number() over (
                partition by
                    together.country_id, together.indicator, together.fiscal_year
                order by together.published_on desc
            )
            = 1 as is_latest,
            notes.note
        from together
        left join
            notes
            on together.country_id = notes.country_id
            and together.indicator = notes.indicator
            and together.fiscal_year = notes.fiscal_year
            and together.published_on = notes.published_on
        where {{ known_by("together.published_on") }}
    )

select *
from final
