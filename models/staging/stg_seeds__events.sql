with
    source as (select * from {{ ref("events") }}),

    renamed as (
        select
            -- identifiers
            document_id || '@' || char_start as event_id,
            document_id,
            operation_id,
            deal_id,
            same_event_as,

            -- strings
            as_reported,
            coalesce(period, as_reported) as period_printed,
            kind,
            parties,
            object,
            note,

            -- numerics
            cast(char_start as integer) as char_start,
            cast(char_end as integer) as char_end
        from source
    )

select *
from renamed
