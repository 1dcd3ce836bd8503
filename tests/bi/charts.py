"""What each chart of the dashboard must show, asked of the file in SQL of our own."""

CHARTS = {
    "Budget by year, each definition by itself": """
        select
            fiscal_year,
            max(amount) filter (definition = 'integrated_budget') as integrated_budget,
            max(amount) filter (definition = 'ministry_budget') as ministry_budget
        from fct_spending
        where country_id = 'ITA' and definition in ('integrated_budget', 'ministry_budget')
        group by fiscal_year
    """,
    "The integrated budget, with and without inflation": """
        select fiscal_year, amount as current_prices, amount_eur_constant as constant_prices
        from fct_spending
        where country_id = 'ITA' and definition = 'integrated_budget' and is_preferred
    """,
    "Direct costs of the armed services": """
        select name as service_name, amount as "2025"
        from fct_spending inner join dim_service using (service_id)
        where fct_spending.definition = 'direct_costs'
    """,
    "Every amount of Italy, with its definition and its figure": """
        select
            fiscal_year, s.name as service, d.name as definition_name, amount_eur, amount_eur_constant,
            share_of_gdp_reported_pct, figure_id
        from fct_spending as f
        inner join dim_service as s using (service_id)
        inner join dim_definition as d on f.definition = d.definition_id
        where f.country_id = 'ITA'
    """,
    "What lies between two definitions": """
        select
            fiscal_year, a.name as first_definition, b.name as second_definition, amount_a_eur, amount_b_eur,
            amount_b_eur - amount_a_eur as gap_eur, amount_b_eur_low - amount_a_eur_high as gap_eur_low,
            amount_b_eur_high - amount_a_eur_low as gap_eur_high, basis_a, basis_b, between_them
        from fct_spending_bridge as f
        inner join dim_definition as a on f.definition_a = a.definition_id
        inner join dim_definition as b on f.definition_b = b.definition_id
    """,
    "How far deals have come": """
        select
            list_position(
                ['announced', 'requested', 'authorised', 'signed', 'delivered', 'cancelled'], status
            ) || ' ' || status as step,
            count(*) as deals
        from fct_deal
        group by status
    """,
    "Deals": """
        select
            f.name, status, f.kind, b.name as buyer, s.name as seller, value, currency, value_eur, value_usd,
            started_on, part_of_deal_id, deal_id
        from fct_deal as f
        left join dim_party as b on buyer_id = b.party_id
        left join dim_party as s on seller_id = s.party_id
    """,
    "Italian deployments: what may be there at most": """
        select
            o.name as operation,
            max(personnel_high) filter (status = 'authorised') as authorised,
            max(personnel_high) filter (status = 'reported') as reported
        from fct_deployment inner join dim_operation as o using (operation_id)
        where contributor_id = 'ITA' and modality = 'maximum'
        group by operation
    """,
    "Italian deployments: what a document says is there": """
        select
            o.name as operation,
            min(personnel_low) as people_at_least,
            max(personnel_high) as people_at_most
        from fct_deployment inner join dim_operation as o using (operation_id)
        where contributor_id = 'ITA' and modality in ('exact', 'approximate', 'range')
        group by operation
    """,
    "Deployments": """
        select
            p.name as contributor, o.name as operation, f.area, period_start, period_end, personnel_low,
            personnel_high, land_vehicles, aircraft, naval_units, modality, status, f.note, deployment_id
        from fct_deployment as f
        inner join dim_party as p on contributor_id = party_id
        inner join dim_operation as o using (operation_id)
    """,
    "Italy: share of GDP, reported and pledged": """
        select d.name as definition_name, latest_reported as reported, target_low as target
        from fct_commitment as f
        inner join dim_definition as d on f.definition = d.definition_id
        where party_id = 'ITA' and status = 'standing' and latest_reported is not null
    """,
    "Pledges and targets": """
        select
            p.name as party, measure, d.name as definition_name, target_low, target_high, unit, due_year,
            status, latest_reported, distance, distance_low, distance_high, pace_per_year, pace_per_year_low,
            pace_per_year_high, pace_eur_per_year, pace_eur_per_year_low, pace_eur_per_year_high, figure_id
        from fct_commitment as f
        inner join dim_party as p using (party_id)
        left join dim_definition as d on f.definition = d.definition_id
    """,
    "Statements of the documents, recomputed": """
        select verdict, count(*) as claims from fct_claim group by verdict
    """,
    "Statements that do not hold": """
        select claim_id, kind, document_id, reason from fct_claim where verdict = 'inconsistent'
    """,
    "Pairs that cannot both hold": """
        select
            kind, measure, value_a, unit_a, value_b, unit_b, date_a, date_b, disagreement_id, explanation
        from fct_disagreement
        where is_conflict
    """,
}
