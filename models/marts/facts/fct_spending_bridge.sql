with
    spending as (select * from {{ ref("fct_spending") }} where is_preferred),

    services as (select service_id, kind from {{ ref("dim_service") }}),

    definitions as (select * from {{ ref("dim_definition") }}),

    gdp as (
        select country_id, fiscal_year, value as gdp_eur
        from {{ ref("dim_macro_edition") }}
        where indicator = 'gdp_current' and is_latest
    ),

    figures as (
        select figure_id, {{ figure_interval("figures", "bound") }}
        from {{ ref("fct_figure") }} as figures
    ),

    -- What a definition comes to for the country as a whole: printed, or the printed
    -- share of GDP in euro. A fund is a part of it, and no way of counting it.
    wholes as (
        select
            spending.country_id,
            spending.fiscal_year,
            spending.definition,
            coalesce(
                spending.amount_eur,
                {{
                    rounded(
                        "cast(spending.share_of_gdp_reported_pct as double)"
                        " * cast(gdp.gdp_eur as double) / 100",
                        0,
                    )
                }}
            ) as amount_eur,
            case
                when spending.amount_eur is not null then 'printed' else 'share_of_gdp'
            end as basis,
            case
                when spending.amount_eur is not null
                then spending.figure_id
                else spending.share_figure_id
            end as figure_id,
            -- Euro for one of what the figure counts.
            case
                when spending.amount_eur is not null
                then
                    cast(spending.amount_eur as double)
                    / nullif(cast(spending.amount as double), 0)
                else cast(gdp.gdp_eur as double) / 100
            end as unit_eur,
            -- A definition may be printed of several holders: the widest stands for the
            -- country.
            row_number() over (
                partition by
                    spending.country_id, spending.fiscal_year, spending.definition
                order by
                    case services.kind when 'whole_of_government' then 1 else 2 end,
                    spending.service_id
            ) as place
        from spending
        inner join services on spending.service_id = services.service_id
        left join
            gdp
            on spending.country_id = gdp.country_id
            and spending.fiscal_year = gdp.fiscal_year
        where services.kind in ('whole_of_government', 'ministry')
    ),

    amounts as (
        select
            wholes.country_id,
            wholes.fiscal_year,
            wholes.definition,
            wholes.amount_eur,
            {%- for end in ["low", "high"] %}
                {{ rounded("cast(figures.bound_" ~ end ~ " as double) * unit_eur", 0) }}
                as amount_eur_{{ end }},
            {%- endfor %}
            wholes.basis,
            wholes.figure_id,
            definitions.name,
            definitions.includes,
            definitions.excludes
        from wholes
        inner join figures on wholes.figure_id = figures.figure_id
        inner join definitions on wholes.definition = definitions.definition_id
        where wholes.place = 1
    ),

    final as (
        select
            smaller.country_id,
            smaller.fiscal_year,
            smaller.definition as definition_a,
            greater.definition as definition_b,
            smaller.figure_id as figure_id_a,
            greater.figure_id as figure_id_b,
            smaller.amount_eur as amount_a_eur,
            smaller.amount_eur_low as amount_a_eur_low,
            smaller.amount_eur_high as amount_a_eur_high,
            greater.amount_eur as amount_b_eur,
            greater.amount_eur_low as amount_b_eur_low,
            greater.amount_eur_high as amount_b_eur_high,
            smaller.basis as basis_a,
            greater.basis as basis_b,
            cast(
                greater.amount_eur - smaller.amount_eur as {{ decimal_type() }}
            ) as gap_eur,
            {{
                interval_subtract(
                    "greater.amount_eur", "smaller.amount_eur", "gap_eur"
                )
            }},
            nullif(
                concat_ws(
                    '. ',
                    smaller.name || ' counts: ' || smaller.includes,
                    smaller.name || ' leaves out: ' || smaller.excludes,
                    greater.name || ' counts: ' || greater.includes,
                    greater.name || ' leaves out: ' || greater.excludes
                ),
                ''
            ) as between_them
        from amounts as smaller
        inner join
            amounts as greater
            on smaller.country_id = greater.country_id
            and smaller.fiscal_year = greater.fiscal_year
            and (
                smaller.amount_eur < greater.amount_eur
                or (
                    smaller.amount_eur = greater.amount_eur
                    and smaller.definition < greater.definition
                )
            )
    )

select *
from final
