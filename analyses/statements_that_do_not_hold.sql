-- Which statements of a document do not follow from the numbers beside them?
--
-- Only what is inconsistent whatever the rounding: a statement that the printed
-- precision leaves open is ambiguous, and one across definitions is not comparable, and
-- neither is listed. `order` claims whose name ends in source: the work that is
-- credited
-- appeared before the period that it is credited with.
with
    claims as (select * from fct_claim where verdict = 'inconsistent'),

    final as (
        select
            claim_id,
            kind,
            document_id,
            stated_low,
            stated_high,
            computed_low,
            computed_high,
            unit,
            stated_figure_id,
            reason
        from claims
    )

select *
from final
order by kind, claim_id
