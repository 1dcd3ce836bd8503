with
    deal_parties as (select * from {{ ref("stg_seeds__deal_parties") }}),

    deals as (select * from {{ ref("stg_seeds__deals") }}),

    stated as (
        select deal_id, party_id, role
        from deal_parties
        union
        select deal_id, buyer_id as party_id, 'buyer' as role
        from deals
        where buyer_id is not null
        union
        select deal_id, seller_id as party_id, 'seller' as role
        from deals
        where seller_id is not null
    ),

    final as (select deal_id, party_id, role from stated)

select *
from final
