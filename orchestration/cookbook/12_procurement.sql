-- en: What is bought by government procurement, and for how much?
-- zh: 政府采购买什么，金额多少？
select
    publisher_name,
    fiscal_year,
    name,
    code,
    amount_yuan,
    trust
from marts.fct_procurement
where is_leaf and amount_yuan != 0
order by amount_yuan desc, publisher_name asc, name asc, amount_id asc;
