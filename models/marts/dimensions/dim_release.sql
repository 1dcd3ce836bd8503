with
    documents as (select count(*) as documents from {{ ref("dim_document") }}),

    figures as (select count(*) as figures from {{ ref("fct_figure") }}),

    -- What only the publisher knows is filled in when the release is made.
    final as (
        select
            'unpublished' as release_id,
            '{{ var("schema_version") }}' as schema_version,
            cast(null as timestamp) as built_at,
            cast(null as {{ text_type() }}) as git_commit,
            cast(null as {{ text_type() }}) as duckdb_version,
            documents.documents,
            figures.figures
        from documents
        cross join figures
    )

select *
from final
