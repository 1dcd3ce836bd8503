with
    mentions as (select * from {{ ref("stg_seeds__mentions") }}),

    captured as (
        select document_id, char_start, char_end
        from {{ ref("stg_seeds__figures") }}
        union all
        select document_id, char_start, char_end
        from {{ ref("stg_seeds__events") }}
    ),

    dismissed as (select * from {{ ref("stg_seeds__dismissed") }}),

    captured_mentions as (
        select distinct mentions.mention_id
        from mentions
        inner join
            captured
            on mentions.document_id = captured.document_id
            and mentions.char_start < captured.char_end
            and captured.char_start < mentions.char_end
    ),

    dismissed_mentions as (
        select mentions.mention_id, min(dismissed.reason) as reason
        from mentions
        inner join
            dismissed
            on mentions.document_id = dismissed.document_id
            and mentions.char_start < dismissed.char_end
            and dismissed.char_start < mentions.char_end
        group by mentions.mention_id
    ),

    final as (
        select
            mentions.mention_id,
            mentions.document_id,
            mentions.char_start,
            mentions.char_end,
            mentions.kind,
            case
                when captured_mentions.mention_id is not null
                then 'captured'
                when dismissed_mentions.mention_id is not null
                then 'dismissed'
                -- Numbers that are no figures need no row: their kind is the reason.
                when mentions.kind in ('{{ kinds_without_a_row() | join("', '") }}')
                then 'dismissed'
                else 'unaccounted'
            end as outcome,
            case
                when captured_mentions.mention_id is null
                then coalesce(dismissed_mentions.reason, mentions.kind)
            end as reason
        from mentions
        left join
            captured_mentions on mentions.mention_id = captured_mentions.mention_id
        left join
            dismissed_mentions on mentions.mention_id = dismissed_mentions.mention_id
    )

select *
from final
