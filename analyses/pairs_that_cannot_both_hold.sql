-- Which two prints cannot both be right, and which only seem to disagree?
--
-- A conflict is of one thing under one definition. Two definitions of one year differ
-- without a conflict: those pairs come last, since they are what is most often quoted
-- as a contradiction.
with
    disagreements as (select * from fct_disagreement),

    final as (
        select
            is_conflict,
            kind,
            measure,
            value_a,
            unit_a,
            value_b,
            unit_b,
            date_a,
            date_b,
            gap_pct,
            gap_days,
            disagreement_id,
            explanation
        from disagreements
    )

select *
from final
order by is_conflict desc, kind, disagreement_id
