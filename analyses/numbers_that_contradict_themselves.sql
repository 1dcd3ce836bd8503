-- Which numbers does a document print in two currencies at once?
--
-- The word is taken (`unit`) and the sign kept (`unit_alternative`). Such a figure is
-- evidence of the source's care, not of an amount; other prints of the same fact stand
-- beside it.
with
    figures as (select * from fct_figure),

    final as (
        select
            doubtful.figure_id,
            doubtful.as_reported,
            doubtful.unit,
            doubtful.unit_alternative,
            string_agg(
                distinct others.unit, ', ' order by others.unit
            ) as units_of_other_prints,
            count(others.figure_id) as other_prints
        from figures as doubtful
        left join
            figures as others
            on coalesce(doubtful.same_fact_as, doubtful.figure_id)
            = coalesce(others.same_fact_as, others.figure_id)
            and doubtful.figure_id <> others.figure_id
        where doubtful.unit_alternative is not null
        group by
            doubtful.figure_id,
            doubtful.as_reported,
            doubtful.unit,
            doubtful.unit_alternative
    )

select *
from final
order by figure_id
