-- The documents of these figures, in the columns of seeds/documents.csv.
select
    document_id,
    'Made document ' || document as title,
    any_value(language) as language,
    'Nobody' as publisher,
    null::varchar as authors,
    (2024 + document % 3)::varchar as published,
    null::varchar as url,
    sha256(document_id) as sha256,
    '2600' as characters,
    'none stated' as licence,
    'no' as redistributable,
    if(any_value(language) = 'it', ',', '.') as decimal_mark,
    document_id || '.txt' as file
from captured
group by document_id, document
order by document
