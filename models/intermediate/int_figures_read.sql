with
    figures as (select * from {{ ref("stg_seeds__figures") }}),

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
            figure_id,
            template,
            number_first,
            number_second,
            is_negative,
            {{ unmarked_number("number_first", "decimal_mark") }} as unmarked_first,
            {{ unmarked_number("number_second", "decimal_mark") }} as unmarked_second
        from split
    ),

    united as (
        select
            unmarked.figure_id,
            unmarked.number_first,
            unmarked.number_second,
            unmarked.unmarked_first,
            unmarked.unmarked_second,
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
            cast(templates.scale_factor as decimal(16, 0)) as scale_factor,
            coalesce(
                cast(unmarked.unmarked_first as decimal(18, 6)),
                templates.word_number,
                -- "a dozen": the scale is the number.
                case
                    when unmarked.number_first is null and templates.scale_factor > 1
                    then 1
                end
            )
            * case when unmarked.is_negative then -1 else 1 end as number_low,
            coalesce(
                cast(unmarked.unmarked_second as decimal(18, 6)),
                cast(unmarked.unmarked_first as decimal(18, 6))
                * case when unmarked.is_negative then -1 else 1 end,
                templates.word_number,
                case
                    when unmarked.number_first is null and templates.scale_factor > 1
                    then 1
                end
            ) as number_high,
            coalesce({{ last_digit_unit("unmarked.unmarked_first") }}, 0) as digit_low,
            coalesce(
                {{ last_digit_unit("unmarked.unmarked_second") }},
                {{ last_digit_unit("unmarked.unmarked_first") }},
                0
            ) as digit_high
        from figures
        inner join unmarked on figures.figure_id = unmarked.figure_id
        inner join templates on unmarked.template = templates.template
        inner join measures on figures.measure = measures.measure
    ),

    scaled as (
        select
            united.*,
            units.kind as unit_kind,
            cast(number_low * scale_factor as {{ decimal_type() }}) as scaled_low,
            cast(number_high * scale_factor as {{ decimal_type() }}) as scaled_high,
            -- A count that is printed in full is that count; money and shares stand
            -- for an interval.
            case
                when units.kind in ('money', 'share')
                then cast(digit_low * scale_factor / 2 as {{ decimal_type() }})
                else 0
            end as half_low,
            case
                when units.kind in ('money', 'share')
                then cast(digit_high * scale_factor / 2 as {{ decimal_type() }})
                else 0
            end as half_high
        from united
        left join units on united.unit = units.unit
    ),

    final as (
        select
            figures.figure_id,
            case
                when scaled.number_second is not null
                then 'range'
                else coalesce(hedges.modality, 'exact')
            end as modality,
            scaled.scaled_low,
            scaled.scaled_high,
            scaled.half_low,
            scaled.half_high,
            scaled.unit,
            scaled.unit_kind,
            scaled.currency_alternative as unit_alternative,
            periods.period_start,
            periods.period_end,
            coalesce(periods.date_precision, 'unknown') as period_precision,
            -- Named, so that a reader of the failing test knows what to mend; NULL
            -- where all was read.
            case
                when scaled.number_first is not null and scaled.unmarked_first is null
                then 'ambiguous or unknown marks in ' || scaled.number_first
                when scaled.number_second is not null and scaled.unmarked_second is null
                then 'ambiguous or unknown marks in ' || scaled.number_second
                when scaled.number_low is null
                then 'no number found'
                when not scaled.word_number_is_plain and scaled.number_first is null
                then 'number words beyond the grammar'
                when scaled.measure_unit = 'money' and scaled.unit is null
                then 'money without a currency'
                when scaled.currency_words > 1
                then 'two currency words'
                when scaled.measure_unit = 'counted' and scaled.unit is null
                then 'a count without a known noun'
                when
                    scaled.unit_kind = 'count'
                    and scaled.noun_unit is not null
                    and scaled.noun_unit <> scaled.unit
                then
                    'the printed noun counts '
                    || scaled.noun_unit
                    || ', the measure '
                    || scaled.unit
                when scaled.measure_unit like 'percent%' and not scaled.says_percent
                then 'a share without per cent'
                when scaled.measure_unit = 'money' and scaled.says_percent
                then 'money with per cent'
                when scaled.unit_kind is null
                then 'unknown unit ' || scaled.unit
                when figures.hedge is not null and hedges.modality is null
                then 'unknown hedge ' || figures.hedge
                when
                    figures.period_printed is not null
                    and not coalesce(periods.is_read, false)
                then 'unreadable period ' || figures.period_printed
            end as refusal
        from figures
        left join scaled on figures.figure_id = scaled.figure_id
        left join hedges on figures.hedge = hedges.word
        left join periods on figures.period_printed = periods.period_printed
    )

select *
from final
