with
    computed as (select * from {{ ref("int_claims_computed") }}),

    judged as (
        select
            *, {{ claim_verdict("obstacle", "computed", "stated", "wide") }} as verdict
        from computed
    ),

    worded as (
        select
            *,
            kind = 'order' and unit <> 'date' as is_order,
            case
                when
                    obstacle is null
                    or computed_low is not null
                    or computed_high is not null
                then {{ shown_interval("computed", "unit") }}
            end as computed_text,
            {{ shown_interval("stated", "unit") }} as stated_text
        from judged
    ),

    final as (
        select
            claim_id,
            kind,
            document_id,
            stated_figure_id,
            stated_low,
            stated_high,
            computed_low,
            computed_high,
            unit,
            implied_whole_low,
            implied_whole_high,
            verdict,
            case
                verdict
                when 'not_comparable'
                then
                    obstacle || case
                        when computed_text is not null
                        then
                            ' Stated '
                            || stated_text
                            || ', computed '
                            || computed_text
                            || '.'
                        else ''
                    end
                when 'consistent'
                then
                    case
                        when is_order
                        then
                            'The later less the earlier is '
                            || computed_text
                            || ': in this order.'
                        else
                            'Computed '
                            || computed_text
                            || ', within the stated '
                            || stated_text
                            || '.'
                    end
                when 'inconsistent'
                then
                    case
                        when is_order
                        then
                            'The later less the earlier is '
                            || computed_text
                            || ': in the opposite order.'
                        else
                            'Computed '
                            || computed_text
                            || ', which shares nothing with the stated '
                            || stated_text
                            || '.'
                    end
                when 'ambiguous'
                then
                    case
                        when is_order
                        then
                            'The later less the earlier is '
                            || computed_text
                            || ': what is printed leaves the order open.'
                        else
                            'Computed '
                            || computed_text
                            || ', partly within the stated '
                            || stated_text
                            || ': what is printed leaves it open.'
                    end
            end as reason,
            note
        from worded
    )

select *
from final
