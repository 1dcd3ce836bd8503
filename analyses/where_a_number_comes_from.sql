-- Where does a number come from: 35.5 billion euro, say?
--
-- Every print of it, with the characters of the document that hold it and whom the
-- document credits. Change the value and the unit in the last lines. The offsets count
-- Unicode code points of the text whose digest stands beside them.
with
    figures as (select * from fct_figure),

    documents as (select * from dim_document),

    final as (
        select
            figures.figure_id,
            documents.title,
            documents.publisher,
            documents.published_on,
            figures.char_start,
            figures.char_end,
            figures.as_reported,
            figures.definition,
            year(figures.period_start) as year,
            figures.status,
            figures.attributed_to,
            figures.same_fact_as,
            documents.sha256
        from figures
        inner join documents on figures.document_id = documents.document_id
        where figures.value = 35500000000 and figures.unit = 'EUR'
    )

select *
from final
order by figure_id
