-- en: How consistent is each disclosure?
-- zh: 各文件的核对是否相符？
select
    publisher_name,
    fiscal_year,
    stage,
    identities_asked,
    identities_hold,
    identities_break,
    discrepancy_causes,
    amounts_reconciled_pct
from marts.fct_disclosure_scorecard
where identities_asked > 0
order by identities_break desc, publisher_name asc, fiscal_year asc, document_id asc;
