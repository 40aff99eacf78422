-- en: Which projects are the largest?
-- zh: 金额最大的项目是哪些？
select
    publisher_name,
    fiscal_year,
    project_name,
    max(amount_yuan) as amount_yuan,
    list_sort(list(distinct form_key)) as printed_in
from marts.fct_projects
where project_name is not null
group by document_id, publisher_name, fiscal_year, project_name
order by amount_yuan desc, publisher_name asc, project_name asc
limit 30;
