with
    figures as (select * from {{ ref("fct_figure") }}),

    -- Amounts, growth and shares of one holder under one definition in one whole
    -- calendar year, each fact once.
    yearly as (
        select
            *,
            cast(extract(year from period_start) as integer) as fiscal_year,
            row_number() over (
                partition by
                    document_id,
                    measure,
                    subject_id,
                    service_id,
                    definition,
                    extract(year from period_start)
                order by char_start
            ) as place
        from figures
        where
            measure in ('expenditure', 'expenditure_growth', 'expenditure_share_of_gdp')
            and same_fact_as is null
            and service_id is not null
            and definition is not null
            and extract(month from period_start) = 1
            and extract(day from period_start) = 1
            and extract(month from period_end) = 12
            and extract(day from period_end) = 31
            and extract(year from period_start) = extract(year from period_end)
    ),

    final as (
        select
            subject_id as country_id,
            service_id,
            definition,
            fiscal_year,
            document_id,
            measure,
            figure_id,
            status,
            modality,
            value,
            unit,
            rounding_low,
            rounding_high
        from yearly
        where place = 1
    )

select *
from final
