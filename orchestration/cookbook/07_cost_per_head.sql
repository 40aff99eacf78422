-- en: Who spends most per person employed?
-- zh: 谁的人均基本支出最高？
-- note: Only where the prose states one number of people employed.
select
    publisher_name,
    fiscal_year,
    stage,
    head_count,
    authorised_head_count,
    personnel_per_head_yuan,
    basic_per_head_yuan
from marts.mart_publisher_year
where head_count is not null
order by basic_per_head_yuan desc nulls last, publisher_name asc, fiscal_year asc;
