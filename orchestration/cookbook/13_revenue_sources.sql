-- en: Where does the money come from?
-- zh: 收入来自哪里？
-- note: The summary form of each document, one row per source.
select
    publisher_name,
    fiscal_year,
    stage,
    name,
    amount_yuan
from marts.fct_revenue_lines
where
    form_key in ('budget_revenue_expenditure_summary', 'final_revenue_expenditure_summary')
    and row_kind = 'item'
    and is_leaf
    and amount_yuan != 0
order by publisher_name, fiscal_year, stage, document_id, row_no, col_no;
