with
    documents as (select * from {{ ref("dim_document") }}),

    figures as (
        select
            document_id,
            count(*) as figures,
            -- A target's due year is no news: only what is said of the past and
            -- present counts.
            max(
                case when status <> 'target' then period_end end
            ) as latest_period_covered
        from {{ ref("fct_figure") }}
        group by document_id
    ),

    final as (
        select
            documents.document_id,
            documents.published_on,
            documents.published_precision,
            coalesce(figures.figures, 0) as figures,
            figures.latest_period_covered
        from documents
        left join figures on documents.document_id = figures.document_id
    )

select *
from final
