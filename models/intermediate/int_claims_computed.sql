with
    claims as (select * from {{ ref("stg_seeds__claims") }}),

    operands as (
        select
            *,
            -- An open end is no missing number: "more than 30" has one end.
            case
                when coalesce(wide_low, wide_high) is null then 0 else 1
            end as is_printed
        from {{ ref("int_claim_operands") }}
    ),

    units as (select unit, kind from {{ ref("stg_seeds__units") }}),

    rates as (
        select currency, period_start, units_per_eur
        from {{ ref("dim_exchange_rate") }}
        where grain = 'day'
    ),

    stated as (select * from operands where role = 'stated'),

    -- Between the lowest and the highest rate of the days that the amount belongs to.
    conversions as (
        select
            amounts.claim_id,
            min(
                cast(target.units_per_eur as double)
                / cast(coalesce(origin.units_per_eur, 1) as double)
            ) as rate,
            max(
                cast(target.units_per_eur as double)
                / cast(coalesce(origin.units_per_eur, 1) as double)
            ) as rate_most
        from operands as amounts
        inner join stated on amounts.claim_id = stated.claim_id
        inner join
            rates as target
            on stated.unit = target.currency
            and target.period_start between amounts.date_low and amounts.date_high
        left join
            rates as origin
            on amounts.unit = origin.currency
            and target.period_start = origin.period_start
        where
            amounts.operand = 'amount'
            and (amounts.unit = 'EUR' or origin.currency is not null)
        group by amounts.claim_id
    ),

    totals as (
        select
            claims.claim_id,
            {%- for operand in [
                "term",
                "minus",
                "before",
                "after",
                "part",
                "whole",
                "growth",
                "amount",
            ] %}
                -- One open end opens the sum's.
                {%- for end in ["low", "high"] %}
                    case
                        when
                            count(
                                case
                                    when
                                        operands.operand = '{{ operand }}'
                                        and operands.wide_{{ end }} is null
                                    then 1
                                end
                            )
                            = 0
                        then
                            sum(
                                case
                                    when operands.operand = '{{ operand }}'
                                    then operands.wide_{{ end }}
                                end
                            )
                    end as {{ operand }}_sum_{{ end }},
                {%- endfor %}
                -- NULL: the claim has none.
                min(
                    case
                        when operands.operand = '{{ operand }}' then operands.is_printed
                    end
                ) as {{ operand }}_is_printed,
            {%- endfor %}
            count(case when operands.operand = 'item' then 1 end) as items,
            max(
                case when operands.operand = 'same' then operands.date_low end
            ) as same_from,
            max(
                case when operands.operand = 'same' then operands.date_high end
            ) as same_to,
            max(
                case
                    operands.operand
                    when 'after'
                    then operands.date_low
                    when 'due'
                    then operands.date_high
                end
            ) as after_from,
            max(
                case
                    when operands.operand in ('after', 'due') then operands.date_high
                end
            ) as after_to,
            max(
                case
                    operands.operand
                    when 'before'
                    then operands.date_low
                    when 'completed'
                    then operands.date_high
                end
            ) as before_from,
            max(
                case
                    when operands.operand in ('before', 'completed')
                    then operands.date_high
                end
            ) as before_to,
            -- What stands in the way of comparing.
            max(
                case
                    when
                        operands.operand <> 'item'
                        and operands.unit_alternative is not null
                    then 1
                    else 0
                end
            ) as doubts,
            count(distinct operands.comparable_group) as definitions,
            count(distinct operands.operation_id) as operations,
            count(distinct operands.counterpart_id) as counterparts,
            count(
                distinct case
                    when
                        operands.operand in ('term', 'minus', 'before', 'after')
                        or claims.kind in ('sum', 'difference')
                    then operands.unit
                end
            ) as units,
            max(
                case
                    when
                        operands.price_basis = 'constant'
                        or claims.price_basis = 'constant'
                    then 1
                    else 0
                end
            ) as in_constant_prices,
            max(
                case
                    when units.kind = 'money' and operands.price_basis <> 'constant'
                    then 1
                    else 0
                end
            ) as in_current_prices
        from claims
        inner join operands on claims.claim_id = operands.claim_id
        left join units on operands.unit = units.unit
        group by claims.claim_id
    ),

    prepared as (
        select
            totals.*,
            case
                when minus_is_printed is null then 0 else minus_sum_low
            end as minus_low,
            case
                when minus_is_printed is null then 0 else minus_sum_high
            end as minus_high,
            {{ to_decimal("1 + cast(growth_sum_low as double) / 100") }} as grown_low,
            {{ to_decimal("1 + cast(growth_sum_high as double) / 100") }} as grown_high,
            {{ outward("conversions.rate", down=true) }} as rate_low,
            {{ outward("conversions.rate_most", down=false) }} as rate_high
        from totals
        left join conversions on totals.claim_id = conversions.claim_id
    ),

    reduced as (
        select *, {{ interval_subtract("after_sum", "minus", "after") }} from prepared
    ),

    operated as (
        select
            *,
            {{ interval_subtract("term_sum", "minus", "sum") }},
            {{ interval_growth("before_sum", "after", "change") }},
            {{ interval_share("part_sum", "whole_sum", "share") }},
            {{ interval_divide("after", "before_sum", "multiple") }},
            {{ interval_subtract("after", "before_sum", "rise") }},
            {{ interval_multiply("amount_sum", "rate", "converted") }}
        from reduced
    ),

    bounds as (
        select
            claims.claim_id,
            claims.document_id,
            claims.kind,
            claims.compares,
            claims.relation,
            claims.is_across,
            claims.note,
            stated.figure_id as stated_figure_id,
            case
                when claims.compares = 'date' and operated.same_from is not null
                then 'date'
                when claims.compares = 'date'
                then 'day'
                when claims.compares = 'year'
                then 'year'
                else coalesce(stated.unit, 'item')
            end as unit,
            case
                when claims.compares = 'date' and operated.same_from is not null
                then {{ date_number("operated.same_from") }}
                when claims.compares = 'date'
                then
                    {{
                        dbt.datediff(
                            "operated.before_to", "operated.after_from", "day"
                        )
                    }}
                when claims.compares = 'year'
                then
                    extract(year from operated.after_from)
                    - extract(year from operated.before_to)
                when claims.kind = 'order'
                then operated.rise_low
                when claims.kind in ('sum', 'difference')
                then operated.sum_low
                when claims.kind = 'growth'
                then operated.change_low
                when claims.kind = 'share'
                then operated.share_low
                when claims.kind = 'ratio' and operated.growth_is_printed is not null
                then operated.grown_low
                when claims.kind = 'ratio'
                then operated.multiple_low
                when claims.kind = 'conversion'
                then operated.converted_low
                when claims.kind = 'count' and operated.items > 0
                then operated.items
            end as computed_low,
            case
                when claims.compares = 'date' and operated.same_to is not null
                then {{ date_number("operated.same_to") }}
                when claims.compares = 'date'
                then
                    {{
                        dbt.datediff(
                            "operated.before_from", "operated.after_to", "day"
                        )
                    }}
                when claims.compares = 'year'
                then
                    extract(year from operated.after_to)
                    - extract(year from operated.before_from)
                when claims.kind = 'order'
                then operated.rise_high
                when claims.kind in ('sum', 'difference')
                then operated.sum_high
                when claims.kind = 'growth'
                then operated.change_high
                when claims.kind = 'share'
                then operated.share_high
                when claims.kind = 'ratio' and operated.growth_is_printed is not null
                then operated.grown_high
                when claims.kind = 'ratio'
                then operated.multiple_high
                when claims.kind = 'conversion'
                then operated.converted_high
                when claims.kind = 'count' and operated.items > 0
                then operated.items
            end as computed_high,
            case
                when claims.compares = 'date' and operated.same_from is not null
                then {{ date_number("stated.date_low") }}
                when claims.kind = 'order'
                then 0
                when claims.relation = 'at_most' or stated.modality = 'maximum'
                then null
                when stated.modality = 'minimum'
                then stated.value
                else stated.number_low
            end as stated_low,
            case
                when claims.compares = 'date' and operated.same_from is not null
                then {{ date_number("stated.date_high") }}
                when claims.kind = 'order' or stated.modality = 'minimum'
                then null
                when stated.modality = 'maximum'
                then stated.value
                else stated.number_high
            end as stated_high,
            -- Whether all that the computation needs is printed, if only as a bound.
            case
                when claims.compares <> 'value'
                then
                    coalesce(same_from, same_to, after_from, after_to) is not null
                    and coalesce(same_from, same_to, before_from, before_to) is not null
                when claims.kind = 'count'
                then operated.items > 0
                when coalesce(minus_is_printed, 1) = 0
                then false
                when claims.kind in ('sum', 'difference')
                then term_is_printed = 1
                when claims.kind = 'share'
                then part_is_printed = 1 and whole_is_printed = 1
                when claims.kind = 'conversion'
                then amount_is_printed = 1 and rate_low is not null
                when claims.kind = 'ratio' and growth_is_printed is not null
                then growth_is_printed = 1
                when claims.kind in ('order', 'growth', 'ratio')
                then before_is_printed = 1 and after_is_printed = 1
            end as is_printed,
            case
                when stated.modality = 'approximate'
                then stated.number_low - stated.wide_low
                else 0
            end as margin_low,
            case
                when stated.modality = 'approximate'
                then stated.wide_high - stated.number_high
                else 0
            end as margin_high,
            -- The whole that a printed share and a printed part imply.
            case
                when claims.kind = 'share' then operated.part_sum_low
            end as implied_part_low,
            case
                when claims.kind = 'share' then operated.part_sum_high
            end as implied_part_high,
            {{ to_decimal("cast(stated.number_low as double) / 100") }}
            as implied_share_low,
            {{ to_decimal("cast(stated.number_high as double) / 100") }}
            as implied_share_high,
            case
                when claims.compares <> 'value'
                then null
                when claims.kind <> 'conversion' and operated.doubts > 0
                then 'The document prints two currencies for one of the numbers.'
                when operated.in_constant_prices = 1 and operated.in_current_prices = 1
                then
                    'A change in constant prices is neither confirmed nor refuted by levels in prices of the year.'
                when claims.is_across
                then null
                when operated.definitions > 1
                then 'The numbers stand on different definitions.'
                when operated.operations > 1
                then 'The numbers are of different operations.'
                when operated.counterparts > 1
                then 'The numbers are towards different counterparts.'
                when operated.units > 1
                then 'The numbers are in different units.'
            end as obstacle
        from claims
        inner join stated on claims.claim_id = stated.claim_id
        inner join operated on claims.claim_id = operated.claim_id
    ),

    final as (
        select
            claim_id,
            document_id,
            kind,
            compares,
            stated_figure_id,
            unit,
            cast(stated_low as {{ decimal_type() }}) as stated_low,
            cast(stated_high as {{ decimal_type() }}) as stated_high,
            cast(stated_low - margin_low as {{ decimal_type() }}) as wide_low,
            cast(stated_high + margin_high as {{ decimal_type() }}) as wide_high,
            cast(computed_low as {{ decimal_type() }}) as computed_low,
            cast(computed_high as {{ decimal_type() }}) as computed_high,
            {{ interval_divide("implied_part", "implied_share", "implied_whole") }},
            case
                when obstacle is not null
                then obstacle
                when
                    is_printed
                    and kind <> 'order'
                    and stated_low is null
                    and stated_high is null
                then 'The statement has no number.'
                when is_printed
                then null
                when kind = 'count'
                then 'The things counted are not listed.'
                when compares <> 'value'
                then 'One of the dates is not printed.'
                else 'A number that the computation needs is not printed.'
            end as obstacle,
            note
        from bounds
    )

select *
from final
