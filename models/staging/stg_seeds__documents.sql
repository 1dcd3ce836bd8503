with
    source as ({{ with_batches(ref("documents"), "documents") }}),

    renamed as (
        select
            -- identifiers
            document_id,
            sha256,
            file as file_name,

            -- strings
            title,
            publisher,
            authors,
            published as published_printed,
            url,
            language,
            licence,
            decimal_mark,

            -- numerics
            cast(characters as integer) as characters,

            -- booleans
            redistributable = 'yes' as redistributable
        from source
    )

select *
from renamed
