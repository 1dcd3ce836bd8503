{#
    A view: only the wordings are needed before the figures are read, and taking a span apart twice costs less than
    writing all of it down between.
#}
{{ config(materialized="view") }}
with
    figures as (select * from {{ ref("stg_seeds__figures") }}),

    documents as (
        select document_id, decimal_mark from {{ ref("stg_seeds__documents") }}
    ),

    first_number as (
        select
            figures.*,
            documents.decimal_mark,
            {{ number_text("figures.as_reported") }} as number_first
        from figures
        left join documents on figures.document_id = documents.document_id
    ),

    second_number as (
        select
            *,
            {{
                number_text(
                    "substr(as_reported, instr(as_reported, number_first) + length(number_first))"
                )
            }}
            as number_second
        from first_number
    ),

    final as (
        select
            *,
            substr(as_reported, 1, 1) in ('-', '−') as is_negative,
            lower(
                concat_ws(
                    ' | ',
                    replace(
                        replace(as_reported, coalesce(number_first, ''), '#'),
                        coalesce(number_second, ''),
                        '#'
                    ),
                    scale_printed,
                    unit_printed
                )
            ) as template
        from second_number
    )

select *
from final
