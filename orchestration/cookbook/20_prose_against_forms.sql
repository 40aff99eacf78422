-- en: Where does the prose contradict the forms?
-- zh: 情况说明与报表在哪里不一致？
select
    publisher_name,
    fiscal_year,
    coalesce(page_no, line_no) as printed_on,
    subject,
    kind,
    amount_text,
    unit
from marts.fct_claims
where trust = 'disputed'
order by publisher_name, fiscal_year, printed_on, claim_id;
