-- Whom do the documents credit for their figures, and for which?
--
-- One row per document and source; an empty source means that the document answers for
-- the figure itself. Repeats of a fact are left out.
select
    document_id,
    attributed_to,
    count(*) as figures,
    string_agg(distinct measure, ', ' order by measure) as measures
from fct_figure
where same_fact_as is null
group by document_id, attributed_to
order by document_id, figures desc, attributed_to
