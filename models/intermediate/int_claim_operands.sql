with
    claim_figures as (select * from {{ ref("stg_seeds__claim_figures") }}),

    claim_spans as (select * from {{ ref("stg_seeds__claim_spans") }}),

    -- A target is a number that was set, not one that was rounded: "at least 3.5 per
    -- cent" sets 3.5.
    figures as (
        select
            *,
            status = 'target' and value is not null as is_set,
            {{ figure_interval("figures", "bound") }}
        from {{ ref("fct_figure") }} as figures
    ),

    events as (select * from {{ ref("fct_event") }}),

    periods as (select * from {{ ref("int_periods_read") }}),

    gdp as (
        select
            editions.country_id,
            editions.indicator,
            editions.fiscal_year,
            editions.edition_id,
            levels.value_low,
            levels.value_high
        from {{ ref("dim_macro_edition") }} as editions
        inner join
            {{ ref("int_gdp_levels") }} as levels
            on editions.edition_id = levels.edition_id
        where editions.is_latest
    ),

    definitions as (
        select definition_id, comparable_group from {{ ref("dim_definition") }}
    ),

    number_words as (
        select distinct word, cast(meaning as {{ decimal_type() }}) as number
        from {{ ref("stg_seeds__words") }}
        where role = 'number' and language = 'en'
    ),

    from_figures as (
        select
            claim_figures.claim_id,
            claim_figures.role,
            claim_figures.operand,
            figures.figure_id,
            cast(null as {{ text_type() }}) as event_id,
            cast(null as {{ text_type() }}) as edition_id,
            figures.document_id,
            figures.char_start,
            figures.char_end,
            figures.as_reported,
            figures.value,
            case
                when figures.is_set then figures.value else figures.bound_low
            end as wide_low,
            case
                when figures.is_set then figures.value else figures.bound_high
            end as wide_high,
            case
                when figures.is_set
                then figures.value
                when figures.modality = 'approximate'
                then figures.rounding_low
                else figures.bound_low
            end as number_low,
            case
                when figures.is_set
                then figures.value
                when figures.modality = 'approximate'
                then figures.rounding_high
                else figures.bound_high
            end as number_high,
            figures.modality,
            figures.unit,
            figures.price_basis,
            definitions.comparable_group,
            figures.operation_id,
            figures.counterpart_id,
            figures.unit_alternative,
            figures.subject_id,
            figures.period_start as date_low,
            figures.period_end as date_high
        from claim_figures
        inner join figures on claim_figures.figure_id = figures.figure_id
        left join definitions on figures.definition = definitions.definition_id
    ),

    from_events as (
        select
            claim_figures.claim_id,
            claim_figures.role,
            claim_figures.operand,
            cast(null as {{ text_type() }}) as figure_id,
            events.event_id,
            events.document_id,
            events.char_start,
            events.char_end,
            events.as_reported,
            events.started_on as date_low,
            events.ended_on as date_high
        from claim_figures
        inner join events on claim_figures.event_id = events.event_id
    ),

    from_spans as (
        select
            claim_spans.claim_id,
            claim_spans.role,
            claim_spans.operand,
            claim_spans.document_id,
            claim_spans.char_start,
            claim_spans.char_end,
            claim_spans.as_reported,
            case
                claim_spans.operand
                when 'item'
                then 1
                when 'result'
                then number_words.number
            end as number,
            periods.period_start as date_low,
            periods.period_end as date_high
        from claim_spans
        left join number_words on lower(claim_spans.as_reported) = number_words.word
        left join periods on claim_spans.as_reported = periods.period_printed
    ),

    -- The reference figure of the country and year of the claim's part, in the
    -- edition that is known.
    from_reference as (
        select
            claim_figures.claim_id,
            claim_figures.role,
            claim_figures.operand,
            gdp.edition_id,
            gdp.value_low,
            gdp.value_high
        from claim_figures
        inner join
            from_figures as part
            on claim_figures.claim_id = part.claim_id
            and part.operand = 'part'
        inner join
            gdp
            on claim_figures.indicator = gdp.indicator
            and part.subject_id = gdp.country_id
            and extract(year from part.date_low) = gdp.fiscal_year
        where claim_figures.indicator is not null
    ),

    together as (
        select
            claim_id,
            role,
            operand,
            figure_id,
            event_id,
            edition_id,
            document_id,
            char_start,
            char_end,
            as_reported,
            wide_low,
            wide_high,
            number_low,
            number_high,
            modality,
            value,
            -- A thing that is counted has its place in the count, not a number.
            case when operand <> 'item' then unit end as unit,
            price_basis,
            comparable_group,
            operation_id,
            counterpart_id,
            unit_alternative,
            date_low,
            date_high
        from from_figures
        union all
        select
            claim_id,
            role,
            operand,
            figure_id,
            event_id,
            null as edition_id,
            document_id,
            char_start,
            char_end,
            as_reported,
            null as wide_low,
            null as wide_high,
            null as number_low,
            null as number_high,
            null as modality,
            null as value,
            null as unit,
            null as price_basis,
            null as comparable_group,
            null as operation_id,
            null as counterpart_id,
            null as unit_alternative,
            date_low,
            date_high
        from from_events
        union all
        select
            claim_id,
            role,
            operand,
            null as figure_id,
            null as event_id,
            null as edition_id,
            document_id,
            char_start,
            char_end,
            as_reported,
            number as wide_low,
            number as wide_high,
            number as number_low,
            number as number_high,
            'exact' as modality,
            number as value,
            null as unit,
            null as price_basis,
            null as comparable_group,
            null as operation_id,
            null as counterpart_id,
            null as unit_alternative,
            date_low,
            date_high
        from from_spans
        union all
        select
            claim_id,
            role,
            operand,
            null as figure_id,
            null as event_id,
            edition_id,
            null as document_id,
            null as char_start,
            null as char_end,
            null as as_reported,
            value_low as wide_low,
            value_high as wide_high,
            value_low as number_low,
            value_high as number_high,
            'exact' as modality,
            null as value,
            null as unit,
            null as price_basis,
            null as comparable_group,
            null as operation_id,
            null as counterpart_id,
            null as unit_alternative,
            null as date_low,
            null as date_high
        from from_reference
    ),

    final as (
        select
            *,
            row_number() over (
                partition by claim_id
                order by
                    role desc,
                    operand,
                    document_id nulls last,
                    char_start nulls last,
                    event_id nulls last,
                    edition_id nulls last
            ) as position
        from together
    )

select *
from final
