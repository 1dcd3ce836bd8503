-- What must be read from each figure, worked out from the number and never from the text.
select
    document_id || '@' || char_start as figure_id,
    case when high is null then scaled_low end as value,
    scaled_low - half as rounding_low,
    scaled_high + half as rounding_high,
    unit,
    case when is_conflict then 'USD' end as unit_alternative,
    case when high is not null then 'range' else coalesce(hedged, 'exact') end as modality,
    period_start,
    period_end
from (
    select
        *,
        [0.000001, 0.00001, 0.0001, 0.001, 0.01, 0.1, 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000,
            100000000, 1000000000][7 + scale_exponent - decimals]::decimal(20, 6) as last_digit,
        if(is_negative, -1, 1) * low * last_digit as scaled_low,
        coalesce(high * last_digit, scaled_low) as scaled_high,
        if(is_money or is_share, last_digit / 2, 0)::decimal(20, 6) as half
    from captured
)
order by i
