with
    operands as (select * from {{ ref("int_claim_operands") }}),

    final as (
        select
            claim_id,
            cast(position as integer) as position,
            role,
            operand,
            figure_id,
            event_id,
            edition_id,
            document_id,
            char_start,
            char_end,
            as_reported
        from operands
    )

select *
from final
