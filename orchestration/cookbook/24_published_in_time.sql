-- en: By region and year: who has not published what it ought to, and who was late?
-- zh: 各地区各年度应公开、已公开、未公开各多少，逾期多少天？
-- note: Needs the roster, seeds/decisions/publication_roster.csv. What is exempt need not be published.
select
    region_code,
    region,
    fiscal_year,
    stage,
    count(*) filter (publication_status != 'exempt') as due,
    count(*) filter (starts_with(publication_status, 'published')) as published,
    count(*) filter (publication_status = 'not_published') as not_published,
    count(*) filter (publication_status = 'published_late') as published_late,
    max(days_late) as most_days_late,
    max(current_date - due_on) filter (publication_status = 'not_published') as most_days_overdue,
    list(publisher_name order by publisher_name) filter (publication_status = 'not_published') as not_published_by
from marts.mart_publication_status
group by all
order by region_code, fiscal_year, stage;
