with
    figures as (
        select *
        from {{ ref("fct_figure") }}
        where
            measure in (
                'deployed_personnel',
                'deployed_land_vehicles',
                'deployed_aircraft',
                'deployed_naval_units'
            )
            and same_fact_as is null
    ),

    -- "From 5,000 to 1,000" are two states of one deployment: the second number of a
    -- measure opens a second row.
    ordered as (
        select
            *,
            row_number() over (
                partition by
                    document_id,
                    subject_id,
                    operation_id,
                    period_start,
                    period_end,
                    modality,
                    status,
                    measure
                order by char_start
            ) as occurrence
        from figures
    ),

    final as (
        select
            figure_id,
            char_start,
            first_value(figure_id) over (
                partition by
                    document_id,
                    subject_id,
                    operation_id,
                    period_start,
                    period_end,
                    modality,
                    status,
                    occurrence
                order by char_start
            ) as deployment_id,
            document_id,
            subject_id as contributor_id,
            operation_id,
            period_start,
            period_end,
            modality,
            status,
            measure,
            value_low,
            value_high,
            note
        from ordered
    )

select *
from final
