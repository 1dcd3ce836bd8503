with
    source as (select * from {{ source("ecb", "exchange_rates") }}),

    renamed as (
        select
            -- The old Turkish lira, quoted to the end of 2004, is a millionth of the
            -- new one.
            case currency when 'TRL' then 'TRY' else currency end as currency,
            day as quoted_on,
            cast(
                case
                    currency when 'TRL' then units_per_eur / 1000000 else units_per_eur
                end as {{ decimal_type() }}
            ) as units_per_eur,
            source
        from source
    )

select *
from renamed
