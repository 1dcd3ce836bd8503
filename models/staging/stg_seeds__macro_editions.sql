with
    source as (select * from {{ ref("macro_editions") }}),

    renamed as (
        select
            -- identifiers
            country_id
            || '-'
            || indicator
            || '-'
            || period
            || '@'
            || published as edition_id,
            country_id,
            indicator,

            -- strings
            publisher,
            note,

            -- numerics
            cast(period as integer) as fiscal_year,
            cast(as_reported as decimal(20, 6))
            * case unit_printed when 'EUR million' then 1000000 else 1 end as value,
            {{ last_digit_unit("as_reported") }}
            * 0.5
            * case unit_printed when 'EUR million' then 1000000 else 1 end as half_unit,
            case
                unit_printed when 'EUR million' then 'EUR' else 'percent_change'
            end as unit,

            -- dates
            cast(published as date) as published_on,
            cast(revises as date) as revises_edition_of
        from source
    )

select *
from renamed
