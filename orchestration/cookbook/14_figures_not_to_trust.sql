-- en: Which figures should I not trust, and why?
-- zh: 哪些数字不可信，为什么？
-- note: disputed: printed so, and it contradicts other figures. quarantined: we may have misread it.
with reasons as (
    -- what the figure is suspected of, else the identities that it takes part in and that break
    select
        suspected_amount_id as amount_id,
        1 as rank,
        message_zh,
        message_en,
        suggested_text
    from marts.fct_causes
    where suspected_amount_id is not null
    union all
    select
        terms.amount_id,
        2 as rank,
        findings.message_zh,
        findings.message_en,
        null as suggested_text
    from marts.fct_findings as findings
    inner join reconciliation.int_finding_terms as terms on findings.finding_id = terms.finding_id
    where findings.severity in ('discrepancy', 'suspect')
    union all
    -- a slip that was copied is a finding at one of its places
    select
        amount_id,
        3 as rank,
        '与另一处的同一待更正事项有关' as message_zh,
        'The slip is found at another place that prints the same figure' as message_en,
        suggested_text
    from reconciliation.int_suspects
    where amount_id is not null and not is_rounding
),

best_reasons as (
    select
        amount_id,
        min_by(message_zh, struct_pack(rank, message_zh)) as message_zh,
        min_by(message_en, struct_pack(rank, message_zh)) as message_en,
        min(suggested_text) as suggested_text
    from reasons
    group by amount_id
)

select
    documents.file_name,
    decisions.trust,
    coalesce(amounts.page_no, amounts.line_no) as printed_on,
    amounts.row_label,
    amounts.amount_text,
    best_reasons.suggested_text,
    coalesce(best_reasons.message_zh, case when amounts.unit is null then '未印金额单位' end) as message_zh,
    coalesce(best_reasons.message_en, case when amounts.unit is null then 'No unit is printed' end) as message_en
from reconciliation.amount_trust as decisions
inner join staging.amounts as amounts on decisions.amount_id = amounts.amount_id
inner join marts.dim_document as documents on amounts.document_id = documents.document_id
left join best_reasons on decisions.amount_id = best_reasons.amount_id
where decisions.trust in ('disputed', 'quarantined') and documents.is_in_force
order by documents.file_name, printed_on, amounts.col_no, amounts.amount_id;
