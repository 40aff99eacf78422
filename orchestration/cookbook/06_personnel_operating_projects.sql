-- en: How does spending divide into personnel, operating expenses and projects?
-- zh: 支出中人员经费、公用经费、项目支出各占多少？
select
    publisher_name,
    fiscal_year,
    stage,
    total_yuan,
    round(100 * personnel_yuan / nullif(total_yuan, 0), 1) as personnel_pct,
    round(100 * public_operating_yuan / nullif(total_yuan, 0), 1) as operating_pct,
    round(100 * project_yuan / nullif(total_yuan, 0), 1) as project_pct
from marts.mart_publisher_year
order by project_pct desc nulls last, publisher_name asc, fiscal_year asc;
