-- en: What does each publisher spend in a year, and how did that change?
-- zh: 各部门每年的支出总计是多少，比上年增减多少？
select
    publisher_name,
    fiscal_year,
    stage,
    total_yuan,
    previous_total_yuan,
    change_pct,
    total_trust
from marts.mart_publisher_year
order by publisher_name, stage, fiscal_year;
