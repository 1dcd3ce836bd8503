with
    documents as (select document_id, published_on from {{ ref("dim_document") }}),

    figures as (select * from {{ ref("stg_seeds__figures") }}),

    readings as (select * from {{ ref("int_figures_read") }}),

    final as (
        select
            figures.figure_id,
            figures.document_id,
            figures.char_start,
            figures.char_end,
            figures.as_reported,
            figures.family,
            figures.subject_id,
            figures.counterpart_id,
            figures.service_id,
            figures.operation_id,
            figures.deal_id,
            figures.measure,
            case
                when readings.modality <> 'range' then readings.scaled_low
            end as value,
            case
                when readings.modality <> 'maximum' then readings.scaled_low
            end as value_low,
            case
                when readings.modality <> 'minimum' then readings.scaled_high
            end as value_high,
            cast(
                readings.scaled_low - readings.half_low as {{ decimal_type() }}
            ) as rounding_low,
            cast(
                readings.scaled_high + readings.half_high as {{ decimal_type() }}
            ) as rounding_high,
            readings.unit,
            readings.unit_alternative,
            readings.modality,
            figures.status,
            figures.price_basis,
            figures.definition,
            readings.period_start,
            readings.period_end,
            readings.period_precision,
            figures.attributed_to,
            figures.same_fact_as,
            figures.subset_of,
            documents.published_on as known_on,
            figures.note
        from figures
        inner join documents on figures.document_id = documents.document_id
        inner join readings on figures.figure_id = readings.figure_id
    )

select *
from final
