{# A column per reason: the kinds that need no row, then the reasons of dismissed.csv. #}
{% set reasons = kinds_without_a_row() + [
    "period",
    "publication",
    "scene",
    "rhetoric",
    "name",
    "imprint",
    "citation",
    "pointer",
] %}
with
    documents as (select document_id from {{ ref("dim_document") }}),

    mentions as (select * from {{ ref("int_mentions_accounted") }}),

    final as (
        select
            documents.document_id,
            count(mentions.mention_id) as mentions,
            count(case when mentions.outcome = 'captured' then 1 end) as captured,
            count(case when mentions.outcome = 'dismissed' then 1 end) as dismissed
            {%- for reason in reasons %}
                ,
                count(
                    case
                        when
                            mentions.outcome = 'dismissed'
                            and mentions.reason = '{{ reason }}'
                        then 1
                    end
                ) as dismissed_{{ reason }}
            {%- endfor %},
            count(case when mentions.outcome = 'unaccounted' then 1 end) as unaccounted
        from documents
        left join mentions on documents.document_id = mentions.document_id
        group by documents.document_id
    )

select *
from final
