-- How old is what each document knows?
--
-- `latest_period_covered` is the last day that any figure of it speaks of, targets
-- apart; `days_old` counts from there to the day of this release. A document about the
-- present year covers days still to come: it is negative then.
with
    freshness as (select * from rpt_freshness),

    documents as (select * from dim_document),

    releases as (select cast(built_at as date) as released_on from dim_release),

    final as (
        select
            documents.document_id,
            documents.published_on,
            documents.published_precision,
            freshness.figures,
            freshness.latest_period_covered,
            date_diff(
                'day', freshness.latest_period_covered, releases.released_on
            ) as days_old
        from documents
        inner join freshness on documents.document_id = freshness.document_id
        cross join releases
    )

select *
from final
order by latest_period_covered desc nulls last, document_id
