with
    documents as (select document_id, published_on from {{ ref("dim_document") }}),

    readings as (select * from {{ ref("int_figures_read") }}),

    final as (
        select
            readings.figure_id,
            readings.document_id,
            readings.char_start,
            readings.char_end,
            readings.as_reported,
            readings.family,
            readings.subject_id,
            readings.counterpart_id,
            readings.service_id,
            readings.operation_id,
            readings.deal_id,
            readings.measure,
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
            readings.status,
            readings.price_basis,
            readings.definition,
            readings.period_start,
            readings.period_end,
            readings.period_precision,
            readings.attributed_to,
            readings.same_fact_as,
            readings.subset_of,
            documents.published_on as known_on,
            readings.note
        from readings
        inner join documents on readings.document_id = documents.document_id
    )

select *
from final
