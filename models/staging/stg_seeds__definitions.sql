with
    source as (select * from {{ ref("definitions") }}),

    renamed as (
        select definition_id, name, used_by, includes, excludes, comparable_group
        from source
    )

select *
from renamed
