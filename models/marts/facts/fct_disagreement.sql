{# What a figure is about: figures that agree in all of these are of one thing. #}
{% set thing = [
    "measure",
    "subject_id",
    "counterpart_id",
    "operation_id",
    "deal_id",
    "noun",
    "period_start",
    "period_end",
] %}
with
    figures as {{ not_materialized() }} (select * from {{ ref("fct_figure") }}),

    nouns as (
        select figure_id, lower(unit_printed) as noun
        from {{ ref("stg_seeds__figures") }}
        where unit_printed is not null
    ),

    units as (select unit, kind from {{ ref("stg_seeds__units") }}),

    events as (select * from {{ ref("fct_event") }}),

    parties as (
        select
            event_id,
            {{ dbt.listagg("party_id", "' '", "order by party_id") }} as parties
        from {{ ref("bridge_event_party") }}
        group by event_id
    ),

    services as (select service_id, kind from {{ ref("dim_service") }}),

    -- Of a year's rows on one definition, the one that stands for it.
    spending as (select * from {{ ref("fct_spending") }} where is_preferred),

    -- Each fact once, and again where a later print gives it another unit.
    facts as {{ not_materialized() }} (
        select figures.*
        from figures
        where same_fact_as is null
        union all
        select figures.*
        from figures
        inner join figures as firsts on figures.same_fact_as = firsts.figure_id
        where
            figures.unit <> firsts.unit
            or figures.rounding_low > firsts.rounding_high
            or figures.rounding_high < firsts.rounding_low
    ),

    bounded as {{ not_materialized() }} (
        select
            figures.figure_id,
            figures.document_id,
            figures.char_start,
            figures.family,
            figures.measure,
            figures.subject_id,
            figures.counterpart_id,
            figures.operation_id,
            figures.deal_id,
            figures.service_id,
            figures.value,
            figures.unit,
            figures.status,
            figures.definition,
            coalesce(figures.period_start, figures.period_end) as period_start,
            figures.period_end,
            figures.subset_of,
            units.kind as unit_kind,
            services.kind as service_kind,
            -- Things of different nouns, fighters and helicopters, are two counts and
            -- no contradiction.
            case
                when units.kind = 'count' then coalesce(nouns.noun, '') else ''
            end as noun,
            {{ figure_interval("figures", "bound") }}
        from facts as figures
        inner join units on figures.unit = units.unit
        left join nouns on figures.figure_id = nouns.figure_id
        left join services on figures.service_id = services.service_id
        -- Without a period, "from 5,000 to 1,000" would be a contradiction.
        where figures.period_end is not null
    ),

    -- What a figure is about, its thing, and what it says of it, its reading, as one
    -- number each.
    compared as {{ not_materialized() }} (
        select
            *,
            {{ row_hash(thing) }} as thing,
            {{
                row_hash(
                    [
                        "unit",
                        "value",
                        "bound_low",
                        "bound_high",
                        "status",
                        "definition",
                        "service_id",
                        "subset_of",
                    ]
                )
            }} as reading
        from bounded
    ),

    -- Most figures are alone with what they are about, and need be compared with
    -- nothing.
    contested as (
        select thing from compared group by thing having min(reading) <> max(reading)
    ),

    -- Each reading of a thing once, as the first document prints it: what a thousand
    -- documents repeat is compared once.
    first_prints as (
        select
            compared.*,
            row_number() over (
                partition by compared.thing, compared.reading
                order by compared.document_id, compared.char_start
            ) as place
        from compared
        inner join contested on compared.thing = contested.thing
    ),

    -- Two things may have one hash, by chance, but not one number.
    candidates as (
        select *, dense_rank() over (order by {{ thing | join(", ") }}) as thing_number
        from first_prints
        where place = 1
    ),

    pairs as (
        select
            a.figure_id as figure_id_a,
            b.figure_id as figure_id_b,
            a.subject_id,
            a.measure,
            a.unit as unit_a,
            b.unit as unit_b,
            a.value as value_a,
            b.value as value_b,
            a.status as status_a,
            b.status as status_b,
            a.definition as definition_a,
            b.definition as definition_b,
            a.unit_kind,
            a.family,
            a.bound_low > b.bound_high or a.bound_high < b.bound_low as is_apart,
            coalesce(a.definition, '')
            = coalesce(b.definition, '') as is_one_definition,
            coalesce(a.service_id, '') = coalesce(b.service_id, '') as is_one_service,
            a.service_kind in ('whole_of_government', 'ministry')
            and b.service_kind
            in ('whole_of_government', 'ministry') as is_of_the_country
        from candidates as a
        inner join
            candidates as b
            on a.thing_number = b.thing_number
            and (
                a.document_id < b.document_id
                or (a.document_id = b.document_id and a.char_start < b.char_start)
            )
            and coalesce(a.subset_of, a.figure_id) <> b.figure_id
            and coalesce(b.subset_of, b.figure_id) <> a.figure_id
            and coalesce(a.subset_of, 'a') <> coalesce(b.subset_of, 'b')
    ),

    of_figures as (
        select
            figure_id_a,
            figure_id_b,
            subject_id,
            measure,
            value_a,
            value_b,
            unit_a,
            unit_b,
            case
                when not is_one_definition
                then 'definition'
                when unit_a <> unit_b
                then 'currency'
                when is_apart
                then 'value'
                else 'status'
            end as kind,
            case
                when not is_one_definition
                then
                    'One measure and period on two definitions: '
                    || definition_a
                    || ' and '
                    || definition_b
                    || '. No conflict.'
                when unit_a <> unit_b
                then
                    'One amount is printed in '
                    || unit_a
                    || ' and in '
                    || unit_b
                    || case
                        when value_a = value_b
                        then ', with the same number: it cannot be both.'
                        else '.'
                    end
                when is_apart
                then
                    'The printed precision of the two leaves no number that both could mean.'
                else
                    'One amount is '
                    || status_a
                    || ' in one place and '
                    || status_b
                    || ' in the other.'
            end as explanation
        from pairs
        where
            (
                is_one_definition
                and is_one_service
                and (
                    is_apart
                    or (unit_kind = 'money' and unit_a <> unit_b)
                    or (status_a <> status_b and value_a = value_b)
                )
            )
            or (
                not is_one_definition
                and definition_a is not null
                and definition_b is not null
                and family = 'spending'
                and is_of_the_country
                and is_apart
            )
    ),

    -- A share of GDP that one definition prints, and the share that an amount on
    -- another comes to.
    of_shares as (
        select
            amounts.figure_id as figure_id_a,
            shares.share_figure_id as figure_id_b,
            amounts.country_id as subject_id,
            'expenditure_share_of_gdp' as measure,
            amounts.share_of_gdp_computed_pct as value_a,
            shares.share_of_gdp_reported_pct as value_b,
            'percent_of_gdp' as unit_a,
            'percent_of_gdp' as unit_b,
            'definition' as kind,
            'The amount on '
            || amounts.definition
            || ' is '
            || {{ shortest("amounts.share_of_gdp_computed_pct") }}
            || ' per cent of GDP, the share printed on '
            || shares.definition
            || ' '
            || {{ shortest("shares.share_of_gdp_reported_pct") }}
            || ': at that share the amount would be of a GDP of '
            || {{
                shortest_quotient(
                    "amounts.amount_eur",
                    "cast(shares.share_of_gdp_reported_pct as double) / 10000000",
                )
            }}
            || ' billion euro, and '
            || amounts.gdp_publisher
            || ' gives '
            || {{ shortest_quotient("amounts.gdp_eur", 1000000000) }}
            || '. No conflict.' as explanation
        from spending as amounts
        inner join services on amounts.service_id = services.service_id
        inner join
            spending as shares
            on amounts.country_id = shares.country_id
            and amounts.fiscal_year = shares.fiscal_year
            and amounts.definition <> shares.definition
        where
            services.kind in ('whole_of_government', 'ministry')
            and amounts.share_of_gdp_computed_pct is not null
            and shares.share_of_gdp_reported_pct is not null
    ),

    -- What happens once to one thing: a deal is concluded, a mission begins.
    -- Steps that may come twice, such as
    -- tenders and deployments, are no contradiction.
    single_events as (
        select
            events.event_id,
            events.document_id,
            events.char_start,
            coalesce(events.same_event_as, events.event_id) as first_event_id,
            events.kind,
            events.started_on,
            events.ended_on,
            parties.parties,
            coalesce(
                events.deal_id, events.operation_id, lower(events.object)
            ) as thing,
            case
                when events.kind in ('agreement', 'joint_venture', 'acquisition')
                then 'conclusion'
                else events.kind
            end as step
        from events
        left join parties on events.event_id = parties.event_id
        where
            events.date_precision <> 'unknown'
            and events.kind in (
                'agreement',
                'joint_venture',
                'acquisition',
                'law',
                'bill',
                'publication',
                'founding',
                'mission_start',
                'mission_end',
                'membership',
                'election'
            )
    ),

    of_events as (
        select
            a.event_id as event_id_a,
            b.event_id as event_id_b,
            a.started_on as date_a,
            b.started_on as date_b,
            case
                when a.kind = b.kind
                then 'One event, two dates that share no day.'
                else
                    'One thing is dated twice, and no day fits both; the passages speak of it as '
                    || a.kind
                    || ' and as '
                    || b.kind
                    || ', which may be two steps.'
            end as explanation
        from single_events as a
        inner join
            single_events as b
            on a.step = b.step
            and (
                a.document_id < b.document_id
                or (a.document_id = b.document_id and a.char_start < b.char_start)
            )
            and (
                a.first_event_id = b.first_event_id
                or (
                    a.thing = b.thing
                    and coalesce(a.parties, '') = coalesce(b.parties, '')
                )
            )
        where a.ended_on < b.started_on or b.ended_on < a.started_on
    ),

    together as (
        select
            figure_id_a,
            figure_id_b,
            cast(null as {{ text_type() }}) as event_id_a,
            cast(null as {{ text_type() }}) as event_id_b,
            kind,
            subject_id,
            measure,
            value_a,
            value_b,
            unit_a,
            unit_b,
            cast(null as date) as date_a,
            cast(null as date) as date_b,
            explanation
        from of_figures
        union all
        select
            figure_id_a,
            figure_id_b,
            null as event_id_a,
            null as event_id_b,
            kind,
            subject_id,
            measure,
            value_a,
            value_b,
            unit_a,
            unit_b,
            null as date_a,
            null as date_b,
            explanation
        from of_shares
        union all
        select
            null as figure_id_a,
            null as figure_id_b,
            event_id_a,
            event_id_b,
            'date' as kind,
            null as subject_id,
            null as measure,
            null as value_a,
            null as value_b,
            null as unit_a,
            null as unit_b,
            date_a,
            date_b,
            explanation
        from of_events
    ),

    final as (
        select
            coalesce(figure_id_a, event_id_a)
            || '|'
            || coalesce(figure_id_b, event_id_b) as disagreement_id,
            figure_id_a,
            figure_id_b,
            event_id_a,
            event_id_b,
            kind,
            kind <> 'definition' as is_conflict,
            subject_id,
            measure,
            cast(value_a as {{ decimal_type() }}) as value_a,
            cast(value_b as {{ decimal_type() }}) as value_b,
            unit_a,
            unit_b,
            case
                when unit_a = unit_b
                then
                    {{
                        rounded(
                            "100 * (cast(value_b as double) - cast(value_a as double))"
                            " / nullif(abs(cast(value_a as double)), 0)",
                            2,
                        )
                    }}
            end as gap_pct,
            date_a,
            date_b,
            cast({{ dbt.datediff("date_a", "date_b", "day") }} as integer) as gap_days,
            explanation
        from together
    )

select *
from final
