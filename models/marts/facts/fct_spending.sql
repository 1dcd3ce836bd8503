{% set grain = [
    "country_id",
    "service_id",
    "definition",
    "fiscal_year",
    "document_id",
] %}
with
    measured as (select * from {{ ref("int_spending_measured") }}),

    documents as (select document_id, published_on from {{ ref("dim_document") }}),

    converted as (select * from {{ ref("int_amounts_converted") }}),

    prices as (select * from {{ ref("int_price_levels") }}),

    gdp as (
        select country_id, fiscal_year, value as gdp_eur, publisher, published_on
        from {{ ref("dim_macro_edition") }}
        where indicator = 'gdp_current' and is_latest
    ),

    -- One row per grain, whichever of the three a document prints.
    pivoted as (
        select
            {{ grain | join(", ") }},
            max(
                case when measure = 'expenditure' then figure_id end
            ) as amount_figure_id,
            max(case when measure = 'expenditure' then status end) as amount_status,
            max(case when measure = 'expenditure' then modality end) as amount_modality,
            max(case when measure = 'expenditure' then value end) as amount,
            max(case when measure = 'expenditure' then unit end) as currency,
            max(
                case when measure = 'expenditure_growth' then figure_id end
            ) as growth_figure_id,
            max(
                case when measure = 'expenditure_growth' then value end
            ) as growth_reported_pct,
            max(
                case when measure = 'expenditure_share_of_gdp' then figure_id end
            ) as share_figure_id,
            max(
                case when measure = 'expenditure_share_of_gdp' then value end
            ) as share_of_gdp_reported_pct,
            max(status) as any_status,
            max(modality) as any_modality
        from measured
        group by {{ grain | join(", ") }}
    ),

    with_previous as (
        select pivoted.*, previous.amount as previous_amount
        from pivoted
        left join
            pivoted as previous
            on pivoted.country_id = previous.country_id
            and pivoted.service_id = previous.service_id
            and pivoted.definition = previous.definition
            and pivoted.document_id = previous.document_id
            and pivoted.currency = previous.currency
            and pivoted.fiscal_year = previous.fiscal_year + 1
    ),

    final as (
        select
            with_previous.country_id,
            with_previous.service_id,
            with_previous.definition,
            with_previous.fiscal_year,
            with_previous.document_id,
            coalesce(amount_figure_id, share_figure_id, growth_figure_id) as figure_id,
            share_figure_id,
            growth_figure_id,
            coalesce(amount_status, any_status) as status,
            coalesce(amount_modality, any_modality) as modality,
            with_previous.amount,
            with_previous.currency,
            converted.amount_eur,
            converted.amount_usd,
            converted.units_per_eur,
            converted.usd_per_eur,
            converted.rate_start,
            converted.rate_date,
            converted.rate_grain,
            converted.rate_source,
            case
                when with_previous.amount is not null then converted.conversion_gap
            end as conversion_gap,
            {{
                rounded(
                    "cast(converted.amount_eur as double)"
                    " / cast(prices.price_level as double)",
                    2,
                )
            }} as amount_eur_constant,
            case
                when converted.amount_eur is not null then prices.deflator_editions
            end as deflator_editions,
            growth_reported_pct,
            {{
                rounded(
                    "100 * (cast(with_previous.amount as double)"
                    " - cast(previous_amount as double))"
                    " / nullif(cast(previous_amount as double), 0)",
                    2,
                )
            }} as growth_computed_pct,
            share_of_gdp_reported_pct,
            {{ percent_of("converted.amount_eur", "gdp.gdp_eur") }}
            as share_of_gdp_computed_pct,
            case when converted.amount_eur is not null then gdp.gdp_eur end as gdp_eur,
            case
                when converted.amount_eur is not null then gdp.publisher
            end as gdp_publisher,
            case
                when converted.amount_eur is not null then gdp.published_on
            end as gdp_published_on,
            documents.published_on as known_on,
            row_number() over (
                partition by
                    with_previous.country_id,
                    with_previous.service_id,
                    with_previous.definition,
                    with_previous.fiscal_year
                order by
                    case when with_previous.amount is null then 1 else 0 end,
                    documents.published_on desc nulls last,
                    with_previous.document_id
            )
            = 1 as is_preferred
        from with_previous
        inner join documents on with_previous.document_id = documents.document_id
        left join converted on with_previous.amount_figure_id = converted.figure_id
        left join
            prices
            on with_previous.country_id = prices.country_id
            and with_previous.fiscal_year = prices.fiscal_year
        left join
            gdp
            on with_previous.country_id = gdp.country_id
            and with_previous.fiscal_year = gdp.fiscal_year
    )

select *
from final
