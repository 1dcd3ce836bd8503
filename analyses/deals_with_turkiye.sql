-- Which deals are there between Italy and Türkiye, of states and of companies?
--
-- A company counts for the country that it sits in. An authorisation is a licence,
-- not a
-- delivery; the status of a deal is the farthest that a document says. Values are not
-- added: 1974 is part of the agreements since the 1960s, and currencies differ by
-- half a
-- century.
with
    deals as (select * from fct_deal),

    parties as (select * from dim_party),

    sides as (
        select
            bridge.deal_id,
            bool_or(parties.country_id = 'TUR') as has_turkiye,
            bool_or(parties.country_id = 'ITA') as has_italy,
            string_agg(distinct parties.name, ', ' order by parties.name) as parties
        from bridge_deal_party as bridge
        inner join parties on bridge.party_id = parties.party_id
        group by bridge.deal_id
    ),

    final as (
        select
            deals.deal_id,
            deals.kind,
            deals.status,
            deals.item,
            sides.parties,
            deals.value,
            deals.currency,
            deals.quantity,
            deals.quantity_unit,
            deals.started_on,
            deals.date_precision,
            deals.part_of_deal_id
        from deals
        inner join sides on deals.deal_id = sides.deal_id
        where sides.has_turkiye and sides.has_italy
    )

select *
from final
order by started_on nulls last, deal_id
