{#- The point, and both ends of what the digits of the latest figure leave open. -#}
{% set ends = ["", "_low", "_high"] %}
with
    figures as {{ not_materialized() }} (
        select *, {{ figure_interval("figures", "bound") }}
        from {{ ref("fct_figure") }} as figures
    ),

    commitments as (select * from {{ ref("stg_seeds__commitments") }}),

    periods as (select * from {{ ref("int_periods_read") }}),

    definitions as (
        select definition_id, comparable_group from {{ ref("dim_definition") }}
    ),

    -- What a pledge is measured against: the same party's latest figure of the
    -- measure that it is a target for.
    measured_by as (
        select
            'spending_target' as target_measure, 'expenditure_share_of_gdp' as measure
        union all
        select 'force_size_target' as target_measure, 'force_size' as measure
    ),

    pledges as (
        select
            figures.figure_id,
            figures.document_id,
            figures.subject_id as party_id,
            figures.measure,
            figures.definition,
            definitions.comparable_group,
            figures.value_low as target_low,
            figures.value_high as target_high,
            figures.unit,
            cast(extract(year from periods.period_end) as integer) as due_year,
            commitments.status,
            commitments.note
        from commitments
        inner join figures on commitments.figure_id = figures.figure_id
        left join periods on commitments.due_printed = periods.period_printed
        left join definitions on figures.definition = definitions.definition_id
    ),

    figures_grouped as {{ not_materialized() }} (
        select figures.*, definitions.comparable_group
        from figures
        left join definitions on figures.definition = definitions.definition_id
    ),

    reported as (
        select
            pledges.figure_id,
            figures_grouped.figure_id as latest_figure_id,
            figures_grouped.value as latest_reported,
            figures_grouped.bound_low as latest_low,
            figures_grouped.bound_high as latest_high,
            figures_grouped.period_end as latest_period,
            row_number() over (
                partition by pledges.figure_id
                order by figures_grouped.period_end desc, figures_grouped.figure_id
            ) as place
        from pledges
        inner join measured_by on pledges.measure = measured_by.target_measure
        inner join
            figures_grouped
            on measured_by.measure = figures_grouped.measure
            and pledges.party_id = figures_grouped.subject_id
            and coalesce(pledges.comparable_group, '')
            = coalesce(figures_grouped.comparable_group, '')
            and figures_grouped.status in ('reported', 'estimated')
            and figures_grouped.value is not null
            and figures_grouped.period_end is not null
    ),

    gdp as (
        select country_id, fiscal_year, value as gdp_eur, publisher, published_on
        from {{ ref("dim_macro_edition") }}
        where indicator = 'gdp_current' and is_latest
    ),

    measured as (
        select
            pledges.*,
            reported.latest_reported,
            reported.latest_period,
            reported.latest_figure_id,
            -- A target is a point: it was set, not rounded.
            {%- for end, latest in zip(
                ends, ["latest_reported", "latest_high", "latest_low"]
            ) %}
                cast(
                    coalesce(pledges.target_low, pledges.target_high)
                    - reported.{{ latest }} as {{ decimal_type() }}
                ) as distance{{ end }},
            {%- endfor %}
            pledges.due_year
            - cast(extract(year from reported.latest_period) as integer) as years_left,
            -- A share of GDP in euro: of the GDP of the year that was reported.
            case when pledges.unit = 'percent_of_gdp' then gdp.gdp_eur end as gdp_eur,
            case
                when pledges.unit = 'percent_of_gdp' then gdp.publisher
            end as gdp_publisher,
            case
                when pledges.unit = 'percent_of_gdp' then gdp.published_on
            end as gdp_published_on
        from pledges
        left join
            reported on pledges.figure_id = reported.figure_id and reported.place = 1
        left join
            gdp
            on pledges.party_id = gdp.country_id
            and extract(year from reported.latest_period) = gdp.fiscal_year
    ),

    final as (
        select
            figure_id,
            document_id,
            party_id,
            measure,
            definition,
            target_low,
            target_high,
            unit,
            due_year,
            status,
            latest_reported,
            latest_period,
            latest_figure_id,
            {%- for end in ends %} distance{{ end }}, {%- endfor %}
            {%- for end in ends %}
                {{
                    rounded(
                        "cast(distance"
                        ~ end
                        ~ " as double) * cast(gdp_eur as double) / 100",
                        0,
                    )
                }} as distance_eur{{ end }},
            {%- endfor %}
            {%- for end in ends %}
                case
                    when years_left > 0
                    then
                        {{
                            rounded(
                                "cast(distance" ~ end ~ " as double) / years_left", 6
                            )
                        }}
                end as pace_per_year{{ end }},
            {%- endfor %}
            {%- for end in ends %}
                case
                    when years_left > 0
                    then
                        {{
                            rounded(
                                "cast(distance"
                                ~ end
                                ~ " as double) * cast(gdp_eur as double)"
                                " / 100 / years_left",
                                0,
                            )
                        }}
                end as pace_eur_per_year{{ end }},
            {%- endfor %}
            gdp_publisher,
            gdp_published_on,
            note
        from measured
    )

select *
from final
