with
    definitions as (select * from {{ ref("stg_seeds__definitions") }}),

    final as (
        select definition_id, name, used_by, includes, excludes, comparable_group
        from definitions
    )

select *
from final
