-- What must Italy add each year, in points of GDP and in euro, to keep its pledges?
--
-- Standing pledges with a due year and a figure to start from. The pace is even steps
-- from the latest reported year, and the euro are those of that year's GDP, which will
-- grow: not a forecast. Each number stands between its _low and _high, which the digits
-- of the latest figure leave: 2 per cent is 1.5 to 2.5. What counts towards a pledge
-- may change, as it did in 2025; the note of the latest figure says so.
with
    pledges as (
        select *
        from fct_commitment
        where party_id = 'ITA' and status = 'standing' and distance is not null
    ),

    figures as (select * from fct_figure),

    final as (
        select
            pledges.due_year,
            pledges.definition,
            pledges.target_low,
            pledges.latest_reported,
            year(pledges.latest_period) as latest_year,
            pledges.distance,
            pledges.distance_low,
            pledges.distance_high,
            pledges.pace_per_year,
            pledges.pace_per_year_low,
            pledges.pace_per_year_high,
            pledges.distance_eur,
            pledges.distance_eur_low,
            pledges.distance_eur_high,
            pledges.pace_eur_per_year,
            pledges.pace_eur_per_year_low,
            pledges.pace_eur_per_year_high,
            pledges.gdp_publisher,
            pledges.gdp_published_on,
            pledges.figure_id,
            pledges.latest_figure_id,
            figures.note as note_on_latest
        from pledges
        left join figures on pledges.latest_figure_id = figures.figure_id
    )

select *
from final
order by due_year, definition
