-- Which facts does a document print more than once, and do the prints agree?
--
-- One row per fact. `readings` above 1 means that the prints differ in number or unit,
-- and the notes of the figures say why: a rounded beside an exact form, or a slip of
-- the source. Only one print of a fact may ever be counted.
with
    figures as (select * from fct_figure),

    prints as (select coalesce(same_fact_as, figure_id) as fact, * from figures),

    final as (
        select
            fact,
            count(*) as prints,
            count(distinct(value, unit)) as readings,
            string_agg(as_reported, ' | ' order by char_start) as as_reported
        from prints
        group by fact
        having count(*) > 1
    )

select *
from final
order by prints desc, fact
