-- The same, in the columns of seeds/figures.csv.
create or replace table printed as
select
    row_number() over (order by i) as place,
    document_id,
    char_start::varchar as char_start,
    char_end::varchar as char_end,
    as_reported,
    scale_printed,
    (char_end + 5 + if(scale_printed is null, null, 0))::varchar as scale_start,
    unit_printed,
    (char_end + 20 + if(unit_printed is null, null, 0))::varchar as unit_start,
    hedge_printed,
    (char_start - length(hedge_printed) - 1)::varchar as hedge_start,
    family,
    measure,
    subject_id,
    counterpart_id,
    service_id,
    operation_id,
    null::varchar as deal_id,
    status,
    case when is_money or unit = 'percent_change' then 'unstated' end as price_basis,
    definition,
    period,
    case when pick(i, 'credit') % 10 = 0 then 'Ministry of Defence' end as attributed_to,
    case when is_repeat then document_id || '@' || before_start end as same_fact_as,
    case
        when not is_repeat and position > 0 and pick(i, 'part') % 25 = 0
        then document_id || '@' || before_start
    end as subset_of,
    case when is_conflict then 'sign and word name two currencies' end as note
from captured
