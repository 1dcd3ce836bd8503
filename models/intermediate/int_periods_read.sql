with
    months as (
        select distinct word, meaning as month
        from {{ ref("stg_seeds__words") }}
        where role = 'month'
    ),

    texts as (
        select period_printed
        from {{ ref("stg_seeds__figures") }}
        where period_printed is not null
        union
        select period_printed
        from {{ ref("stg_seeds__events") }}
        where period_printed is not null
        union
        select published_printed
        from {{ ref("stg_seeds__documents") }}
        where published_printed is not null
        union
        select due_printed
        from {{ ref("stg_seeds__commitments") }}
        where due_printed is not null
        union
        select as_reported
        from {{ ref("stg_seeds__claim_spans") }}
        where operand in ('before', 'after', 'completed', 'same')
    ),

    -- Of two events with one printed date, the second takes it with its preposition.
    bare as (
        select
            period_printed,
            coalesce(
                nullif({{ extract_group("period_printed", "^[IiOo]n (.*)$", 1) }}, ''),
                period_printed
            ) as date_text
        from texts
    ),

    -- "January 2018 and November 2019", "2024-2026" and "2023/2025" are intervals
    -- alike.
    joined as (
        select
            period_printed,
            case
                when {{ full_match("date_text", "[0-9]{4}[-–][0-9]{4}") }}
                then substr(date_text, 1, 4) || '/' || substr(date_text, 6, 4)
                when
                    {{
                        full_match(
                            "date_text",
                            "[A-Za-z]+ [0-9]{1,2}[-–][0-9]{1,2},? [0-9]{4}",
                        )
                    }}
                then
                    {{ extract_group("date_text", "^([A-Za-z]+ [0-9]{1,2})", 1) }}
                    || '/'
                    || {{ extract_group("date_text", "^([A-Za-z]+) ", 1) }}
                    || ' '
                    || {{ extract_group("date_text", "[-–](.*)$", 1) }}
                when
                    {{
                        full_match(
                            "date_text",
                            "[0-9]{1,2}[-–][0-9]{1,2} [A-Za-z]+ [0-9]{4}",
                        )
                    }}
                then
                    {{ extract_group("date_text", "^([0-9]{1,2})", 1) }}
                    || ' '
                    || {{ extract_group("date_text", "[A-Za-z]+") }}
                    || '/'
                    || {{ extract_group("date_text", "[-–](.*)$", 1) }}
                else
                    replace(
                        replace(replace(date_text, ' to ', '/'), ' and ', '/'),
                        ' – ',
                        '/'
                    )
            end as interval_text
        from bare
    ),

    both_sides as (
        select
            period_printed,
            split_part(interval_text, '/', 1) as left_text,
            case
                when instr(interval_text, '/') > 0
                then split_part(interval_text, '/', 2)
                else interval_text
            end as right_text,
            length(interval_text) - length(replace(interval_text, '/', '')) as joints
        from joined
    ),

    -- "1 January to 31 December 2025": the first side borrows the year of the second.
    completed as (
        select
            period_printed,
            joints,
            right_text,
            case
                when
                    left_text = '..'
                    or {{ extract_group("left_text", "[0-9]{3}") }} <> ''
                then left_text
                else left_text || ' ' || {{ extract_group("right_text", "[0-9]{4}") }}
            end as left_text
        from both_sides
    ),

    sides as (
        select period_printed, 'start' as side, left_text as side_text
        from completed
        where joints <= 1
        union all
        select period_printed, 'end' as side, right_text as side_text
        from completed
        where joints <= 1
    ),

    with_months as (
        select sides.period_printed, sides.side, sides.side_text, months.month
        from sides
        left join
            months
            on lower({{ extract_group("sides.side_text", "[A-Za-z]+") }}) = months.word
    ),

    with_precision as (
        select *, {{ period_side_precision("side_text", "month") }} as precision_of_side
        from with_months
    ),

    with_start as (
        select
            *,
            {{
                date_or_null(
                    period_side_start("side_text", "month", "precision_of_side")
                )
            }} as first_day
        from with_precision
    ),

    dated as (
        select
            period_printed,
            side,
            side_text,
            precision_of_side,
            first_day,
            {{ period_side_end("first_day", "precision_of_side") }} as last_day
        from with_start
    ),

    spanned as (
        select
            period_printed,
            max(case when side = 'start' then first_day end) as period_start,
            max(case when side = 'end' then last_day end) as period_end,
            -- The coarser side decides how fine the whole is.
            case
                when max(case when precision_of_side = 'decade' then 1 else 0 end) = 1
                then 'decade'
                when max(case when precision_of_side = 'year' then 1 else 0 end) = 1
                then 'year'
                when max(case when precision_of_side = 'month' then 1 else 0 end) = 1
                then 'month'
                else 'day'
            end as date_precision,
            -- One end may be open, not both, and an unreadable end is no open one.
            max(case when first_day is not null then 1 else 0 end) = 1
            and min(
                case when first_day is not null or side_text = '..' then 1 else 0 end
            )
            = 1 as ends_are_read
        from dated
        group by period_printed
    ),

    judged as (
        select
            *, ends_are_read and coalesce(period_start <= period_end, true) as is_read
        from spanned
    ),

    -- Half an interval would pass for an open one: what is not read has no dates.
    final as (
        select
            period_printed,
            case when is_read then period_start end as period_start,
            case when is_read then period_end end as period_end,
            case when is_read then date_precision else 'unknown' end as date_precision,
            is_read
        from judged
    )

select *
from final
