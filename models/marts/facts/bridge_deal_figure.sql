with
    figures as (select * from {{ ref("fct_figure") }}),

    final as (select deal_id, figure_id, measure from figures where deal_id is not null)

select *
from final
