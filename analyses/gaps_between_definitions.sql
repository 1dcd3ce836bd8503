-- How far apart are two definitions of the same year's spending, and what lies between?
--
-- `basis` tells a printed amount from one worked out of a printed share of GDP, which
-- carries that share's rounding: 2 per cent may be 1.5 to 2.5. The gap lies between
-- gap_eur_low and gap_eur_high; where those hold zero, the printed digits do not say
-- which of the two is the greater. A gap is a difference of what is counted, not an
-- error of either number.
with
    bridges as (select * from fct_spending_bridge),

    final as (
        select
            country_id,
            fiscal_year,
            definition_a,
            definition_b,
            amount_a_eur,
            basis_a,
            amount_b_eur,
            basis_b,
            gap_eur,
            gap_eur_low,
            gap_eur_high,
            figure_id_a,
            figure_id_b,
            between_them
        from bridges
    )

select *
from final
order by country_id, fiscal_year, gap_eur
