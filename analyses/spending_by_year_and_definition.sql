-- What did Italy spend on defence in each year, under each definition?
--
-- One row per year and holder of the money, a column per definition. Columns answer
-- different questions and are never added; nor are rows, since the whole of government
-- holds the ministry, and the ministry the services. Empty means that no document says.
-- For what a definition counts, see dim_definition.
select * exclude (country_id, service_id)
from rpt_spending_by_year_and_service
where country_id = 'ITA'
order by fiscal_year, service_name
