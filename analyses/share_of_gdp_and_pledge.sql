-- How far is Italy's reported share of GDP from the pledges that stand?
--
-- Shares are as reported under NATO's definition, whose content changed between years:
-- read the note before calling the difference growth. Only pledges in force are set
-- beside them, and only those counted by the same definition.
with
    shares as (
        select figures.*, definitions.comparable_group
        from fct_figure as figures
        inner join
            dim_definition as definitions
            on figures.definition = definitions.definition_id
        where
            figures.measure = 'expenditure_share_of_gdp'
            and figures.subject_id = 'ITA'
            and figures.same_fact_as is null
    ),

    pledges as (
        select commitments.*, definitions.comparable_group
        from fct_commitment as commitments
        inner join
            dim_definition as definitions
            on commitments.definition = definitions.definition_id
        where
            commitments.party_id = 'ITA'
            and commitments.measure = 'spending_target'
            and commitments.status = 'standing'
    ),

    final as (
        select
            year(shares.period_start) as year,
            shares.value as share_of_gdp_pct,
            shares.modality,
            pledges.target_low as pledged_pct,
            pledges.due_year,
            pledges.target_low - shares.value as missing_points,
            shares.note
        from shares
        left join pledges on shares.comparable_group = pledges.comparable_group
    )

select *
from final
order by year
