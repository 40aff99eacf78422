-- en: How concrete are the performance targets?
-- zh: 绩效目标有多具体？
select
    publisher_name,
    fiscal_year,
    count(*) as indicators,
    count(*) filter (is_quantitative) as with_a_number,
    count(*) filter (is_without_target) as without_target,
    round(100.0 * count(*) filter (is_quantitative) / count(*), 1) as with_a_number_pct
from marts.mart_indicator_targets
group by document_id, publisher_name, fiscal_year
order by with_a_number_pct, publisher_name, document_id;
