with
    source as (select * from {{ source("ecb", "exchange_rates") }}),

    renamed as (
        select
            -- The old Turkish lira, quoted to the end of 2004, is a millionth of the
            -- new one.
            case currency when 'TRL' then 'TRY' else currency end as currency,
            day as quoted_on,
            case
                currency
                when 'TRL'
                then {{ to_decimal("cast(units_per_eur as double) / 1000000") }}
                else cast(units_per_eur as {{ decimal_type() }})
            end as units_per_eur,
            source
        from source
    )

select *
from renamed
