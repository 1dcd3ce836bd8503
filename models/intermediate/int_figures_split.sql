with
    figures as (select * from {{ ref("stg_seeds__figures") }}),

    documents as (select * from {{ ref("stg_seeds__documents") }}),

    first_number as (
        select
            figures.figure_id,
            figures.as_reported,
            figures.scale_printed,
            figures.unit_printed,
            documents.decimal_mark,
            {{ number_text("figures.as_reported") }} as number_first
        from figures
        inner join documents on figures.document_id = documents.document_id
    ),

    after_first as (
        select
            *,
            substr(
                as_reported, instr(as_reported, number_first) + length(number_first)
            ) as rest
        from first_number
    ),

    second_number as (
        select *, {{ number_text("rest") }} as number_second from after_first
    ),

    final as (
        select
            figure_id,
            decimal_mark,
            number_first,
            number_second,
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
