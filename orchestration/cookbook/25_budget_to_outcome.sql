-- en: From budget to outcome: where does most money ask for a second look, and how do like publishers do?
-- zh: 从年初预算到决算，哪些事项疑点金额最大？同类部门执行率如何？
select
    second_look_rank,
    publisher_name,
    fiscal_year,
    subject_kind,
    code,
    subject,
    initial_yuan,
    adjusted_yuan,
    final_yuan,
    executed_pct,
    second_look,
    second_look_yuan,
    publisher_family,
    family_figures,
    family_executed_pct
from marts.mart_budget_to_outcome
where second_look is not null
order by subject_kind, second_look_rank;
