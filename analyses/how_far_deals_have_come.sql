-- What is requested, what authorised, what signed, what delivered, and what called off?
--
-- One row per deal, in the order of the steps. A request is no grant and a licence no
-- delivery, so nothing is added across steps; parts of a deal stand beside it and name
-- it.
with
    steps as (
        select *
        from
            (
                values
                    (1, 'announced'),
                    (2, 'requested'),
                    (3, 'authorised'),
                    (4, 'signed'),
                    (5, 'delivered'),
                    (6, 'cancelled')
            ) as steps(step, status)
    ),

    deals as (select * from fct_deal),

    final as (
        select
            steps.step,
            deals.status,
            deals.deal_id,
            deals.item,
            deals.buyer_id,
            deals.seller_id,
            deals.value,
            deals.currency,
            deals.quantity,
            deals.quantity_unit,
            deals.part_of_deal_id
        from deals
        -- A status that the list lacks shows up without a step, not as a missing deal.
        left join steps on deals.status = steps.status
    )

select *
from final
order by step nulls first, deal_id
