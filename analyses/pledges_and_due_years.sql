-- What has been pledged, by when, is it still in force, and how far is it?
--
-- `distance` is the target less the latest figure that a document reports of the same
-- party and a comparable definition; empty where there is none, or where the way of
-- counting differs; the digits of that figure leave it between distance_low and
-- distance_high. What is superseded, suspended, a bill or a proposal binds no one:
-- read `status` first.
with
    commitments as (select * from fct_commitment),

    parties as (select * from dim_party),

    final as (
        select
            commitments.due_year,
            parties.name as party,
            commitments.measure,
            commitments.definition,
            commitments.target_low,
            commitments.target_high,
            commitments.unit,
            commitments.status,
            commitments.latest_reported,
            year(commitments.latest_period) as latest_year,
            commitments.distance,
            commitments.distance_low,
            commitments.distance_high,
            commitments.figure_id
        from commitments
        left join parties on commitments.party_id = parties.party_id
    )

select *
from final
order by due_year nulls last, party, measure, definition, figure_id
