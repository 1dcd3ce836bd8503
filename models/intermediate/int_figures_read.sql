{# A view: everything of a figure is carried along, so that fct_figure is read and written in one pass. #}
{{ config(materialized="view") }}
with
    split as (select * from {{ ref("int_figures_split") }}),

    templates as (select * from {{ ref("int_templates_read") }}),

    periods as (select * from {{ ref("int_periods_read") }}),

    measures as (select * from {{ ref("stg_seeds__measures") }}),

    units as (select * from {{ ref("stg_seeds__units") }}),

    hedges as (
        select distinct word, meaning as modality
        from {{ ref("stg_seeds__words") }}
        where role = 'hedge'
    ),

    unmarked as (
        select
            *,
            {{ unmarked_number("number_first", "decimal_mark") }} as unmarked_first,
            {{ unmarked_number("number_second", "decimal_mark") }} as unmarked_second
        from split
    ),

    united as (
        select
            unmarked.*,
            templates.currency_alternative,
            templates.currency_words,
            templates.word_number_is_plain,
            templates.says_percent,
            templates.says_gdp,
            templates.noun_unit,
            measures.unit as measure_unit,
            case
                measures.unit
                when 'money'
                then templates.currency
                when 'counted'
                then templates.noun_unit
                else measures.unit
            end as unit,
            templates.word_number,
            templates.scale_words,
            cast(templates.scale_factor as decimal(16, 0)) as scale_factor,
            coalesce(
                cast(unmarked.unmarked_first as decimal(22, 6)),
                templates.word_number,
                -- "a dozen": the scale is the number.
                case
                    when unmarked.number_first is null and templates.scale_factor > 1
                    then 1
                end
            )
            * case when unmarked.is_negative then -1 else 1 end as number_low,
            coalesce(
                cast(unmarked.unmarked_second as decimal(22, 6)),
                cast(unmarked.unmarked_first as decimal(22, 6))
                * case when unmarked.is_negative then -1 else 1 end,
                templates.word_number,
                case
                    when unmarked.number_first is null and templates.scale_factor > 1
                    then 1
                end
            ) as number_high,
            -- "six billion" is as round as "6 billion"; "half" is a half.
            coalesce(
                {{ last_digit_unit("unmarked.unmarked_first") }},
                case when coalesce(templates.word_number, 1) < 1 then 0 else 1 end
            ) as digit_low,
            coalesce(
                {{ last_digit_unit("unmarked.unmarked_second") }},
                {{ last_digit_unit("unmarked.unmarked_first") }},
                case when coalesce(templates.word_number, 1) < 1 then 0 else 1 end
            ) as digit_high
        from unmarked
        left join templates on unmarked.template = templates.template
        left join measures on unmarked.measure = measures.measure
    ),

    scaled as (
        select
            united.*,
            units.kind as unit_kind,
            cast(number_low * scale_factor as {{ decimal_type() }}) as scaled_low,
            cast(number_high * scale_factor as {{ decimal_type() }}) as scaled_high,
            -- A count that is printed in full is that count, and "doubled" is twice;
            -- money, per cent and "17 million people" stand for an interval.
            case
                when
                    units.kind = 'money'
                    or united.unit like 'percent%'
                    or united.scale_factor >= 1000
                    or (units.kind = 'share' and united.number_first is not null)
                then 0.5
                else 0
            end as printed_digit_share
        from united
        left join units on united.unit = units.unit
    ),

    rounded as (
        select
            *,
            cast(
                digit_low * scale_factor * printed_digit_share as {{ decimal_type() }}
            ) as half_low,
            cast(
                digit_high * scale_factor * printed_digit_share as {{ decimal_type() }}
            ) as half_high
        from scaled
    ),

    final as (
        select
            rounded.*,
            case
                when rounded.number_second is not null
                then 'range'
                else coalesce(hedges.modality, 'exact')
            end as modality,
            rounded.currency_alternative as unit_alternative,
            periods.period_start,
            periods.period_end,
            coalesce(periods.date_precision, 'unknown') as period_precision,
            -- Named, so that a reader of the failing test knows what to mend; NULL
            -- where all was read.
            case
                when rounded.number_first is not null and rounded.unmarked_first is null
                then 'ambiguous or unknown marks in ' || rounded.number_first
                when
                    rounded.number_second is not null
                    and rounded.unmarked_second is null
                then 'ambiguous or unknown marks in ' || rounded.number_second
                when
                    rounded.scale_factor is null
                    or (rounded.number_second is not null and rounded.scale_words > 1)
                then 'scale words beyond the grammar'
                when rounded.number_low is null
                then 'no number found'
                when
                    rounded.number_first is not null and rounded.word_number is not null
                then 'digits and number words together'
                when rounded.number_second is not null and rounded.is_negative
                then 'a range below zero'
                when not rounded.word_number_is_plain and rounded.number_first is null
                then 'number words beyond the grammar'
                when rounded.measure_unit = 'money' and rounded.unit is null
                then 'money without a currency'
                when rounded.currency_words > 1
                then 'two currency words'
                when rounded.measure_unit = 'counted' and rounded.unit is null
                then 'a count without a known noun'
                when
                    rounded.unit_kind = 'count'
                    and rounded.noun_unit is not null
                    and rounded.noun_unit <> rounded.unit
                then
                    'the printed noun counts '
                    || rounded.noun_unit
                    || ', the measure '
                    || rounded.unit
                when rounded.measure_unit like 'percent%' and not rounded.says_percent
                then 'a share without per cent'
                when rounded.measure_unit = 'percent_of_gdp' and not rounded.says_gdp
                then 'a share of GDP without GDP'
                when rounded.measure_unit = 'percent' and rounded.says_gdp
                then 'a share of GDP, the measure has another base'
                when rounded.measure_unit = 'money' and rounded.says_percent
                then 'money with per cent'
                when rounded.measure_unit is null
                then 'unknown measure ' || rounded.measure
                when rounded.unit_kind is null
                then 'unknown unit ' || rounded.unit
                when rounded.hedge is not null and hedges.modality is null
                then 'unknown hedge ' || rounded.hedge
                when
                    rounded.period_printed is not null
                    and not coalesce(periods.is_read, false)
                then 'unreadable period ' || rounded.period_printed
            end as refusal
        from rounded
        left join hedges on rounded.hedge = hedges.word
        left join periods on rounded.period_printed = periods.period_printed
    )

select *
from final
