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
            amount,
            currency,
            growth_reported_pct,
            cast(
                round(
                    100
                    * (cast(amount as double) - cast(previous_amount as double))
                    / nullif(cast(previous_amount as double), 0),
                    2
                ) as {{ decimal_type() }}
            ) as growth_computed_pct,
            share_of_gdp_reported_pct,
            row_number() over (
                partition by
                    with_previous.country_id,
                    with_previous.service_id,
                    with_previous.definition,
                    with_previous.fiscal_year
                order by
                    case when amount is null then 1 else 0 end,
                    documents.published_on desc nulls last,
                    with_previous.document_id
            )
            = 1 as is_preferred
        from with_previous
        inner join documents on with_previous.document_id = documents.document_id
    )

select *
from final
