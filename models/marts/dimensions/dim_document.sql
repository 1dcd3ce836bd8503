with
    documents as (select * from {{ ref("stg_seeds__documents") }}),

    periods as (select * from {{ ref("int_periods_read") }}),

    final as (
        select
            documents.document_id,
            documents.title,
            documents.publisher,
            documents.authors,
            periods.period_start as published_on,
            coalesce(periods.date_precision, 'unknown') as published_precision,
            documents.url,
            documents.language,
            documents.sha256,
            documents.characters,
            documents.licence,
            documents.redistributable
        from documents
        left join periods on documents.published_printed = periods.period_printed
    )

select *
from final
