-- en: Which disclosures are incomplete?
-- zh: 哪些公开文件不完整？
select
    publisher_name,
    fiscal_year,
    stage,
    forms_required,
    forms_present,
    forms_absent,
    forms_blank_without_reason,
    forms_illegible
from marts.fct_disclosure_scorecard
where forms_absent > 0 or forms_blank_without_reason > 0 or forms_illegible > 0
order by forms_absent desc, forms_blank_without_reason desc, publisher_name asc, fiscal_year asc, document_id asc;
