-- How much of each document's numbers does the warehouse hold, and what was left out?
--
-- Every number that a text prints is either captured or dismissed with a reason;
-- `unaccounted` is zero in every release. Years, section numbers, footnotes and the
-- names of aircraft are most of what is dismissed.
with
    coverage as (select * from rpt_coverage),

    documents as (select document_id, title, publisher from dim_document),

    final as (
        select
            documents.document_id,
            documents.publisher,
            coverage.mentions,
            coverage.captured,
            coverage.dismissed,
            coverage.unaccounted,
            -- Of a batch of figures nobody listed the other numbers.
            round(
                100 * coverage.captured / nullif(coverage.mentions, 0), 0
            ) as captured_pct
        from coverage
        inner join documents on coverage.document_id = documents.document_id
    )

select *
from final
order by mentions desc, document_id
