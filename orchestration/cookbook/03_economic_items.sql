-- en: On what is basic expenditure spent: wages (301), goods and services (302) and so on?
-- zh: 基本支出按部门预算支出经济分类（301 工资福利、302 商品和服务等）各是多少？
select
    lines.publisher_name,
    lines.fiscal_year,
    lines.stage,
    left(lines.code, 3) as class_code,
    max(items.official_name) as class_name,
    sum(lines.amount_yuan) as amount_yuan
from marts.fct_spending_lines as lines
left join marts.dim_economic_item as items
    on items.classification = 'economic' and left(lines.code, 3) = items.code
where
    lines.classification = 'economic'
    and lines.spending_kind = 'basic'
    and lines.is_leaf
    and lines.is_most_detailed
    and lines.code is not null
group by lines.document_id, lines.publisher_name, lines.fiscal_year, lines.stage, left(lines.code, 3)
order by lines.publisher_name, lines.fiscal_year, lines.stage, lines.document_id, class_code;
