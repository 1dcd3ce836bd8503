-- One row per figure, with all that is known of it: the fact, the number, the print.
create or replace table captured as
with
    placed as (
        select
            i,
            i // 20 as document,
            i % 20 as position,
            position > 0 and pick(i, 'repeat') % 12 = 0 and pick(i - 1, 'repeat') % 12 <> 0 as is_repeat,
            -- A twentieth of the facts was printed in one of the thousand documents before.
            i - (is_repeat)::integer as own,
            case
                when own >= 20 and pick(own, 'shared') % 20 = 0
                then own - 20 * (1 + pick(own, 'from') % least(1000, own // 20))
                else own
            end::bigint as fact
        from range(getvariable('first'), getvariable('last')) as numbers(i)
    ),
    facts as (
        select
            placed.*,
            kinds.* exclude (up_to, from_),
            case when pick(document, 'language') % 5 = 0 then 'it' else 'en' end as language,
            case
                when family = 'spending' and pick(fact, 'home') % 2 = 0 then 'ITA'
                else among(getvariable('countries'), fact, 'subject')
            end as subject_id,
            case when family in ('deal', 'trade') then among(getvariable('countries'), fact, 'counterpart') end as counterpart_id,
            case
                when measure not in ('expenditure', 'expenditure_growth', 'expenditure_share_of_gdp') then null
                when subject_id = 'ITA' then among(getvariable('services'), fact, 'service')
                when subject_id = 'TUR' then 'tur-state'
            end as service_id,
            case when family = 'deployment' then among(getvariable('operations'), fact, 'operation') end as operation_id,
            case
                when measure in ('expenditure', 'expenditure_growth') then among(getvariable('definitions'), fact, 'definition')
                when measure = 'expenditure_share_of_gdp' then 'nato'
                when measure = 'spending_target' then 'nato_total'
                when measure = 'operation_cost' then 'mission_cost'
                when measure = 'export_authorisations_value' then 'export_authorisations'
            end as definition,
            case
                when measure = 'spending_target' then 'until'
                when measure = 'force_size' then 'month'
                when measure = 'operation_cost' then 'months'
                when family in ('spending', 'trade') then 'year'
                when pick(fact, 'grain') % 100 < 60 then 'day'
                when pick(fact, 'grain') % 100 < 85 then 'month'
                when pick(fact, 'grain') % 100 < 92 then 'year'
                when pick(fact, 'grain') % 100 < 97 then 'years'
                else 'since'
            end as grain,
            date '1999-01-04' + (pick(fact, 'day') % 9100)::integer as day,
            case
                when grain = 'until' then null
                when grain in ('year', 'years') then date_trunc('year', day)
                when grain in ('month', 'months', 'since') then date_trunc('month', day)
                else day
            end::date as period_start,
            case grain
                when 'until' then make_date(2026 + (pick(fact, 'due') % 15)::integer, 12, 31)
                when 'since' then null
                when 'day' then day
                when 'month' then last_day(day)
                when 'months' then last_day(period_start + interval 5 month)
                when 'years' then make_date(year(day) + 2, 12, 31)
                else make_date(year(day), 12, 31)
            end::date as period_end
        from placed
        inner join kinds
            on pick(fact, 'kind') % 1000 < kinds.up_to and pick(fact, 'kind') % 1000 >= kinds.from_
    ),
    truths as (
        select
            * exclude (unit, status),
            -- Whoever prints this fact prints this number; one print in a hundred is wrong. Wrong numbers are copied
            -- like right ones: of each fact three go round, however often it is printed.
            (hash(measure, subject_id, counterpart_id, service_id, operation_id, definition, period_start, period_end)
                // 7)::bigint as truth,
            case when pick(i, 'wrong') % 100 = 0 then pick(truth, pick(i, 'error') % 3) else truth end as told,
            case
                when measure = 'expenditure' then if(definition = 'sipri', 'USD', 'EUR')
                when unit = 'money' then ['EUR', 'EUR', 'EUR', 'EUR', 'EUR', 'USD', 'USD', 'USD', 'GBP', 'TRY'][1 + truth % 10]
                when unit = 'count' then ['missile', 'aircraft', 'vehicle', 'ship'][1 + truth % 4]
                else unit
            end as unit,
            unit = 'money' as is_money,
            unit like 'percent%' as is_share,
            not is_money and not is_share and unit <> 'rank' as is_count,
            case when pick(i, 'status') % 200 = 0 then 'estimated' else status end as status,
            1000 + told % 9000 as digits,
            case
                when measure = 'expenditure' then 9 + truth // 9000 % 2
                when is_money then 5 + truth // 9000 % 5
                when is_count then truth // 9000 % 4
                else 0
            end as exponent,
            case
                when not is_money then 0
                when exponent >= 9 then case when pick(i, 'scale') % 10 < 8 then 9 else 6 end
                when exponent >= 6 then case when pick(i, 'scale') % 10 < 8 then 6 else 0 end
                else case when pick(i, 'scale') % 10 < 3 then 3 else 0 end
            end as scale_exponent,
            -- Significant digits: all before the mark, and two behind it at most.
            case
                when unit = 'rank' then 2
                when is_count then exponent + 1
                when is_share then 1 + pick(i, 'digits') % 3
                when exponent - scale_exponent >= 3 then 4
                else least(4, exponent - scale_exponent + 1 + pick(i, 'digits') % 3)
            end as kept
        from facts
    ),
    numbers as (
        select
            *,
            case when unit = 'rank' then 4 + told % 16 else (digits // power(10, 4 - kept)::bigint) end::bigint as mantissa,
            case when unit = 'rank' then 0 else greatest(0, kept - 1 - (exponent - scale_exponent)) end::integer as decimals,
            case when unit = 'rank' then 0 else greatest(0, exponent - scale_exponent - kept + 1) end::integer as zeros,
            (mantissa * power(10, zeros)::bigint)::bigint as low,
            case
                when (is_money or is_count) and pick(i, 'range') % 25 = 0
                then low + (1 + pick(told, 'width') % (mantissa + 1)) * power(10, zeros)::bigint
            end::bigint as high,
            (unit = 'percent_change' and pick(fact, 'sign') % 5 = 0) as is_negative,
            case
                when high is null and decimals = 0 and low < 10 and (is_money or is_count)
                    and pick(i, 'words') % 4 = 0 and scale_exponent <> 3
                    and not (language = 'it' and unit in ('GBP', 'TRY'))
                then if(language = 'en', getvariable('digits').en[low], getvariable('digits').it[low])
            end as in_words,
            pick(i, 'marks') % 20 as marks
        from truths
    ),
    texts as (
        select
            *,
            print_number(low, decimals, language, marks) as low_text,
            print_number(high, decimals, language, marks) as high_text,
            coalesce(in_words, if(is_negative, '-', '') || low_text || coalesce('-' || high_text, '')) as number_text,
            case
                when scale_exponent = 0 then ''
                when language = 'en' then ' ' || (case scale_exponent when 3 then 'thousand' when 6 then 'million' else 'billion' end)
                else ' ' || (case scale_exponent when 3 then 'mila' when 6 then 'milioni' else 'miliardi' end)
            end as scale_text,
            pick(i, 'style') % 20 as style,
            -- Every two thousandth amount in euro bears the sign of the dollar.
            is_money and unit = 'EUR' and language = 'en' and in_words is null
                and pick(i, 'conflict') % 2000 = 0 as is_conflict,
            case
                when not is_money or in_words is not null then ''
                when is_conflict then '$'
                when unit = 'EUR' and style < 4 then '€'
                when unit = 'EUR' and style < 6 then '€ '
                when unit = 'EUR' and style < 8 then 'EUR '
                when unit = 'USD' and style < 7 then '$'
                when unit = 'USD' and style < 9 then 'US$'
                when unit = 'USD' and style < 10 then 'USD '
                when unit = 'GBP' and (style < 12 or language = 'it') then '£'
                when unit = 'TRY' and (style < 4 or language = 'it') then 'TRY '
                else ''
            end as sign_text,
            case
                when is_conflict then 'euros'
                when not is_money or sign_text <> '' then null
                when language = 'it' then if(unit = 'EUR', 'euro', 'dollari')
                when unit = 'EUR' then if(style % 2 = 0, 'euro', 'euros')
                when unit = 'USD' then 'dollars'
                when unit = 'GBP' then 'pounds'
                else 'lira'
            end as currency_word,
            coalesce(among(getvariable('nouns')[language || ' ' || unit], i, 'noun'), 'missiles') as noun,
            pick(i, 'outside') % 10 = 0 as is_outside,
            pick(i, 'hedge') % 100 as hedging
        from numbers
    ),
    spans as (
        select
            *,
            case when is_outside and scale_text <> '' and sign_text <> '' then trim(scale_text) end as scale_printed,
            case
                when is_outside and currency_word is not null and not is_conflict then currency_word
                when is_outside and is_count and in_words is null then noun
                when is_outside and unit = 'percent_of_gdp' then if(language = 'it', 'PIL', 'GDP')
            end as unit_printed,
            sign_text || number_text
            || case when scale_printed is null then scale_text else '' end
            || case
                when is_conflict then ' euros'
                when currency_word is null or unit_printed is not null then ''
                when language = 'it' and scale_exponent >= 6 then ' di ' || currency_word
                else ' ' || currency_word
            end
            || case when is_count and unit_printed is null then ' ' || noun else '' end
            || case
                when unit = 'rank' then if(language = 'it', 'º', 'th')
                when not is_share then ''
                when style < 8 then '%'
                else if(language = 'it', ' per cento', ' per cent')
            end
            || case
                when unit <> 'percent_of_gdp' or unit_printed is not null then ''
                else if(language = 'it', ' del PIL', ' of GDP')
            end as as_reported,
            case
                when high is not null or unit = 'rank' or hedging >= 20 then null
                when hedging < 10 then 'approximate'
                when hedging < 15 then 'minimum'
                else 'maximum'
            end as hedged
        from texts
    ),
    dated as (
        select
            spans.*,
            among(getvariable('hedges')[language || ' ' || hedged], i, 'hedge word') as hedge_printed,
            120 * position + 40 + pick(i, 'offset') % 20 as char_start,
            120 * (position - 1) + 40 + pick(i - 1, 'offset') % 20 as before_start,
            'made-' || getvariable('seed') || '-' || document as document_id,
            getvariable('months')[language][month(day)] as month_name,
            case grain
                when 'until' then '../' || year(period_end)
                when 'year' then if(style = 0, year(day) || '-01-01/' || year(day) || '-12-31', year(day)::varchar)
                when 'years' then year(day) || if(style % 2 = 0, '-', '/') || (year(day) + 2)
                when 'since' then month_name || ' ' || year(day) || '/..'
                when 'month' then if(style % 2 = 0, month_name || ' ' || year(day), strftime(day, '%Y-%m'))
                when 'months' then strftime(day, '%Y-%m') || '/' || strftime(period_end, '%Y-%m')
                else case style % 3
                    when 0 then strftime(day, '%Y-%m-%d')
                    when 1 then day(day) || ' ' || month_name || ' ' || year(day)
                    else month_name || ' ' || day(day) || ', ' || year(day)
                end
            end as period
        from spans
    )
select
    i, document, document_id, position, language, before_start, char_start,
    char_start + length(as_reported) as char_end,
    as_reported, scale_printed, unit_printed, hedge_printed, family, measure, subject_id, counterpart_id,
    service_id, operation_id, status, definition, period, is_repeat, is_conflict, is_money, is_share,
    low, high, decimals, scale_exponent, is_negative, hedged, unit, period_start, period_end
from dated
order by i;
