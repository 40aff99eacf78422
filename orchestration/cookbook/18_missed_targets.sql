-- en: Which performance targets were missed?
-- zh: 哪些绩效目标没有完成？
select
    publisher_name,
    fiscal_year,
    subject,
    indicator,
    target_text,
    actual_text,
    attained_pct,
    subject_budget_yuan
from marts.mart_indicator_targets
where is_achieved = false
order by publisher_name, subject, indicator, indicator_id;
