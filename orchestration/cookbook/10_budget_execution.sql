-- en: Where did final accounts depart most from the budget?
-- zh: 决算与预算相差最多的是哪些事项？
select
    publisher_name,
    fiscal_year,
    compared,
    subject,
    budget_yuan,
    final_yuan,
    difference_yuan,
    executed_pct,
    is_disputed
from marts.mart_budget_vs_final
where difference_yuan != 0
order by abs(difference_yuan) desc, publisher_name, subject asc, compared asc
limit 30;
