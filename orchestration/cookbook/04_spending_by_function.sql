-- en: How much money goes to each function of government (类), over all publishers?
-- zh: 所有部门的支出按功能分类（类）各是多少？
-- note: Departments alone; their figures contain those of the units below them.
select
    tree.fiscal_year,
    tree.stage,
    tree.code,
    max(tree.name) as name,
    count(distinct tree.publisher_name) as publishers,
    sum(tree.amount_yuan) as amount_yuan
from marts.mart_function_tree as tree
inner join marts.mart_publisher_year as years on tree.document_id = years.document_id
where tree.code_level = 1 and years.document_level = 'department'
group by tree.fiscal_year, tree.stage, tree.code
order by tree.fiscal_year asc, tree.stage asc, amount_yuan desc, tree.code asc;
