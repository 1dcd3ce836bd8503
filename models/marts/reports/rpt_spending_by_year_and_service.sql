{#
    A column per definition. The currencies are named so that unlike things never share a column; a test sees to it
    that no definition with an amount is left out.
#}
{% set amounts = [
    ("ministry_budget", "EUR"),
    ("integrated_budget", "EUR"),
    ("direct_costs", "EUR"),
    ("missions_fund", "EUR"),
    ("sipri", "USD"),
] %}
{% set shares = ["nato"] %}
with
    spending as (select * from {{ ref("fct_spending") }} where is_preferred),

    services as (select service_id, name from {{ ref("dim_service") }}),

    final as (
        select
            spending.fiscal_year,
            spending.country_id,
            spending.service_id,
            services.name as service_name
            {%- for definition, currency in amounts %}
                ,
                max(
                    case
                        when
                            spending.definition = '{{ definition }}'
                            and spending.currency = '{{ currency }}'
                        then spending.amount
                    end
                ) as {{ definition }}_{{ currency | lower }}
            {%- endfor %}
            {%- for definition in shares %}
                ,
                max(
                    case
                        when spending.definition = '{{ definition }}'
                        then spending.share_of_gdp_reported_pct
                    end
                ) as {{ definition }}_share_of_gdp_pct
            {%- endfor %}
        from spending
        inner join services on spending.service_id = services.service_id
        group by
            spending.fiscal_year,
            spending.country_id,
            spending.service_id,
            services.name
    )

select *
from final
