with
    figures as (select * from {{ ref("fct_figure") }}),

    -- A fact whose currency one passage contradicts is in doubt wherever it is printed.
    doubted_facts as (
        select distinct coalesce(same_fact_as, figure_id) as fact_id
        from figures
        where unit_alternative is not null
    ),

    final as (
        select figures.figure_id, doubted_facts.fact_id
        from figures
        inner join
            doubted_facts
            on coalesce(figures.same_fact_as, figures.figure_id) = doubted_facts.fact_id
    )

select *
from final
