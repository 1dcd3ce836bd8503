with
    grouped as (select * from {{ ref("int_deployments_grouped") }}),

    operations as (select operation_id, area from {{ ref("dim_operation") }}),

    counted as (
        select
            deployment_id,
            contributor_id,
            operation_id,
            period_start,
            period_end,
            modality,
            status,
            document_id,
            max(
                case when measure = 'deployed_personnel' then value_low end
            ) as personnel_low,
            max(
                case when measure = 'deployed_personnel' then value_high end
            ) as personnel_high,
            max(
                case
                    when measure = 'deployed_land_vehicles'
                    then coalesce(value_high, value_low)
                end
            ) as land_vehicles,
            max(
                case
                    when measure = 'deployed_aircraft'
                    then coalesce(value_high, value_low)
                end
            ) as aircraft,
            max(
                case
                    when measure = 'deployed_naval_units'
                    then coalesce(value_high, value_low)
                end
            ) as naval_units
        from grouped
        group by
            deployment_id,
            contributor_id,
            operation_id,
            period_start,
            period_end,
            modality,
            status,
            document_id
    ),

    -- What is said of several figures of a row is said once.
    noted as (
        select deployment_id, note, min(char_start) as char_start
        from grouped
        where note is not null
        group by deployment_id, note
    ),

    notes as (
        select
            deployment_id,
            {{ dbt.listagg("note", "'; '", "order by char_start") }} as note
        from noted
        group by deployment_id
    ),

    final as (
        select
            counted.deployment_id,
            counted.contributor_id,
            counted.operation_id,
            operations.area,
            counted.period_start,
            counted.period_end,
            cast(counted.personnel_low as bigint) as personnel_low,
            cast(counted.personnel_high as bigint) as personnel_high,
            cast(counted.land_vehicles as bigint) as land_vehicles,
            cast(counted.aircraft as bigint) as aircraft,
            cast(counted.naval_units as bigint) as naval_units,
            counted.modality,
            counted.status,
            counted.document_id,
            notes.note
        from counted
        left join notes on counted.deployment_id = notes.deployment_id
        left join operations on counted.operation_id = operations.operation_id
    )

select *
from final
