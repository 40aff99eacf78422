-- en: What is spent under social security and employment (208), item by item?
-- zh: 社会保障和就业支出（208）逐项是多少？
select
    publisher_name,
    fiscal_year,
    stage,
    code,
    repeat('  ', code_level - 1) || coalesce(name, code) as name,
    amount_yuan,
    basic_yuan,
    project_yuan
from marts.mart_function_tree
where code like '208%'
order by publisher_name, fiscal_year, stage, document_id, code;
