-- Which deals does Italy have with the United States?
--
-- A row with part_of_deal_id is inside the deal that it names: never add the two. The
-- value is in the currency of the first print; where another print contradicts it,
-- currency_in_doubt says so. started_on and ended_on are the earliest and the latest
-- date printed, and no duration. For the passages, see where_a_number_comes_from.sql.
with
    deals as (select * from fct_deal),

    parties as (
        select
            deal_id,
            bool_or(party_id = 'USA') as has_united_states,
            bool_or(
                party_id
                in ('ITA', 'leonardo', 'agustawestland', 'fincantieri', 'vitrociset')
            ) as has_italy
        from bridge_deal_party
        group by deal_id
    ),

    doubts as (
        select
            bridge_deal_figure.deal_id,
            bool_or(fct_figure.unit_alternative is not null) as currency_in_doubt
        from bridge_deal_figure
        inner join fct_figure on bridge_deal_figure.figure_id = fct_figure.figure_id
        group by bridge_deal_figure.deal_id
    ),

    final as (
        select
            deals.deal_id,
            deals.name,
            deals.status,
            deals.value,
            deals.currency,
            coalesce(doubts.currency_in_doubt, false) as currency_in_doubt,
            deals.quantity,
            deals.quantity_unit,
            deals.started_on,
            deals.ended_on,
            deals.part_of_deal_id
        from deals
        inner join parties on deals.deal_id = parties.deal_id
        left join doubts on deals.deal_id = doubts.deal_id
        where parties.has_united_states and parties.has_italy
    )

select *
from final
order by part_of_deal_id nulls first, deal_id
