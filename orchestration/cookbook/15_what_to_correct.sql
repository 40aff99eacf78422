-- en: What should a publisher correct, and where?
-- zh: 公开单位应当更正什么，在哪里？
select
    publisher_name,
    fiscal_year,
    form_key,
    suspected_place,
    suspected_label,
    printed_text,
    suggested_text,
    slip_kind,
    identities_broken,
    message_zh
from marts.fct_causes
where severity = 'discrepancy' and not is_acknowledged and not is_superseded
order by publisher_name asc, identities_broken desc, suspected_place asc, cause_id asc;
