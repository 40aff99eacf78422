-- en: How much does each publisher spend on office supplies (办公费, 30201)?
-- zh: 各部门的办公费（30201）是多少？
-- note: Of basic expenditure, and of all expenditure where the document states that too: not to be added up.
select
    publisher_name,
    fiscal_year,
    stage,
    spending_kind,
    sum(amount_yuan) as amount_yuan,
    bool_and(trust = 'reconciled') as is_reconciled,
    coalesce('page ' || min(page_no), 'line ' || min(line_no)) as printed_on
from marts.fct_spending_lines
where
    code = '30201'
    and classification = 'economic'
    and is_leaf
    and is_most_detailed
    and spending_kind in ('total', 'basic')
group by document_id, publisher_name, fiscal_year, stage, spending_kind, form_id
order by publisher_name, fiscal_year, stage, spending_kind, amount_yuan, printed_on, document_id;
