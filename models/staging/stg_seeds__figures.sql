with
    source as ({{ with_batches(ref("figures")) }}),

    renamed as (
        select
            -- identifiers
            document_id || '@' || char_start as figure_id,
            document_id,
            subject_id,
            counterpart_id,
            service_id,
            operation_id,
            deal_id,
            same_fact_as,
            subset_of,

            -- printed texts
            as_reported,
            scale_printed,
            unit_printed,
            lower(hedge_printed) as hedge,
            period as period_printed,

            -- what the reader says of it
            family,
            measure,
            status,
            price_basis,
            definition,
            attributed_to,
            note,

            -- numerics
            cast(char_start as integer) as char_start,
            cast(char_end as integer) as char_end
        from source
    )

select *
from renamed
