-- What do the documents say about one operation, figures and events: KFOR, say?
--
-- Change the operation in `asked`. In order of the documents, each passage with its
-- offset; `modality` tells a ceiling from a count.
with
    asked as (select operation_id from dim_operation where operation_id = 'kfor'),

    figures as (
        select
            figure_id as passage_id,
            document_id,
            char_start,
            operation_id,
            measure as kind,
            as_reported,
            modality,
            period_start,
            period_end,
            note
        from fct_figure
    ),

    events as (
        select
            event_id as passage_id,
            document_id,
            char_start,
            operation_id,
            kind,
            object as as_reported,
            cast(null as varchar) as modality,
            started_on as period_start,
            ended_on as period_end,
            note
        from fct_event
    ),

    passages as (
        select *
        from figures
        union all
        select *
        from events
    ),

    final as (
        select
            passages.passage_id,
            passages.kind,
            passages.as_reported,
            passages.modality,
            passages.period_start,
            passages.period_end,
            passages.note,
            passages.document_id,
            passages.char_start
        from passages
        inner join asked on passages.operation_id = asked.operation_id
    )

select * exclude (document_id, char_start)
from final
order by document_id, char_start
