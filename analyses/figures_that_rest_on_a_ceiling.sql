-- Which figures are upper bounds, and must not be quoted as amounts or counts?
--
-- Everything that a document puts under "up to", "maximum", "at most", or names as one
-- of a first few.
select
    figure_id,
    as_reported,
    measure,
    subject_id,
    operation_id,
    value_high as at_most,
    unit,
    status,
    note
from fct_figure
where modality = 'maximum'
order by document_id, char_start
