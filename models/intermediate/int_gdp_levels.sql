with
    editions as (select * from {{ ref("stg_seeds__macro_editions") }}),

    printed as (
        select
            country_id,
            fiscal_year,
            publisher,
            published_on,
            value,
            value - half_unit as value_low,
            value + half_unit as value_high
        from editions
        where indicator = 'gdp_current'
    ),

    growth as (
        select
            country_id,
            fiscal_year,
            published_on,
            1 + cast(value as double) / 100 as factor,
            {{ to_decimal("1 + cast(value - half_unit as double) / 100") }}
            as factor_low,
            {{ to_decimal("1 + cast(value + half_unit as double) / 100") }}
            as factor_high
        from editions
        where indicator = 'gdp_current_growth'
    ),

    revisions as (
        select
            country_id,
            fiscal_year,
            publisher,
            published_on,
            revises_edition_of,
            value as revision,
            value - half_unit as revision_low,
            value + half_unit as revision_high
        from editions
        where indicator = 'gdp_current_revision'
    ),

    -- The year before, from the level and the growth that one edition prints: too
    -- coarse to be an edition of its
    -- own, good enough to be what a revision is added to.
    implied as (
        select
            printed.country_id,
            printed.fiscal_year - 1 as fiscal_year,
            printed.published_on,
            -- In whole millions, as levels are printed.
            {{ rounded("cast(printed.value as double) / growth.factor / 1000000", 0) }}
            * 1000000 as value,
            {{ interval_divide("printed.value", "growth.factor", "value") }}
        from printed
        inner join
            growth
            on printed.country_id = growth.country_id
            and printed.fiscal_year = growth.fiscal_year
            and printed.published_on = growth.published_on
    ),

    revisable as (
        select country_id, fiscal_year, published_on, value, value_low, value_high
        from printed
        union all
        select
            implied.country_id,
            implied.fiscal_year,
            implied.published_on,
            implied.value,
            implied.value_low,
            implied.value_high
        from implied
        left join
            printed
            on implied.country_id = printed.country_id
            and implied.fiscal_year = printed.fiscal_year
            and implied.published_on = printed.published_on
        where printed.country_id is null
    ),

    revised as (
        select
            revisions.country_id,
            revisions.fiscal_year,
            revisions.publisher,
            revisions.published_on,
            revisable.value + revisions.revision as value,
            {{ interval_add("revisable.value", "revisions.revision", "value") }}
        from revisions
        inner join
            revisable
            on revisions.country_id = revisable.country_id
            and revisions.fiscal_year = revisable.fiscal_year
            and revisions.revises_edition_of = revisable.published_on
    ),

    before_revision as (
        select
            revisions.country_id,
            revisions.fiscal_year,
            revisions.publisher,
            revisions.revises_edition_of as published_on,
            printed.value - revisions.revision as value,
            {{ interval_subtract("printed.value", "revisions.revision", "value") }}
        from revisions
        inner join
            printed
            on revisions.country_id = printed.country_id
            and revisions.fiscal_year = printed.fiscal_year
            and revisions.published_on = printed.published_on
    ),

    levels as (
        select *, 'printed' as basis
        from printed
        union all
        select *, 'revised' as basis
        from revised
        union all
        select *, 'before_revision' as basis
        from before_revision
    ),

    -- What an edition prints goes before what can be worked out of it.
    placed as (
        select
            *,
            row_number() over (
                partition by country_id, fiscal_year, published_on
                order by
                    case basis when 'printed' then 1 when 'revised' then 2 else 3 end
            ) as place
        from levels
    ),

    final as (
        select
            country_id
            || '-gdp_current-'
            || fiscal_year
            || '@'
            || published_on as edition_id,
            country_id,
            fiscal_year,
            publisher,
            published_on,
            basis,
            cast(value as {{ decimal_type() }}) as value,
            cast(value_low as {{ decimal_type() }}) as value_low,
            cast(value_high as {{ decimal_type() }}) as value_high
        from placed
        where place = 1
    )

select *
from final
