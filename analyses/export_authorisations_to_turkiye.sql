-- What has Italy authorised for export to Türkiye, year by year?
--
-- Licences granted in a year, not deliveries. `rank` is Türkiye's place among the
-- recipients of that year, where a document gives one; the note carries what a careful
-- reader must know about the source.
with
    figures as (
        select *
        from fct_figure
        where subject_id = 'TUR' and counterpart_id = 'ITA' and same_fact_as is null
    ),

    final as (
        select
            year(authorised.period_start) as year,
            authorised.value as authorised_eur,
            ranks.value as rank,
            authorised.attributed_to,
            authorised.document_id,
            authorised.note
        from figures as authorised
        left join
            figures as ranks
            on authorised.period_start = ranks.period_start
            and ranks.measure = 'export_authorisations_rank'
        where
            authorised.measure = 'export_authorisations_value'
            and authorised.unit = 'EUR'
    )

select *
from final
order by year
