-- The smallest published files that every command can be asked about: a budget of one form with a slip in one cell, prose
-- with a change, a rate and a figure that another document prints otherwise.
create schema staging;
create schema reconciliation;
create schema marts;

create table staging.documents as
select
    repeat('ab', 32) as document_id, 'budget.txt' as file_name, 'text/plain' as media_type,
    '某区医疗保障局' as publisher_name, 2024 as fiscal_year, 'budget' as stage
union all
select repeat('cd', 32), 'accounts.txt', 'text/plain', '某区医疗保障局', 2024, 'final_accounts';

create table marts.dim_document as
select
    *,
    null::varchar as superseded_by,
    false as is_superseded,
    true as is_in_force
from staging.documents
union all
select
    repeat('ef', 32), 'replaced.txt', 'text/plain', '某区医疗保障局', 2024, 'budget', repeat('ab', 32), true, false;

create table staging.forms as
select
    'abab-001' as form_id, repeat('ab', 32) as document_id, '表1' as printed_number, '收支总表' as printed_title;

create table staging.amounts (
    amount_id varchar, document_id varchar, form_id varchar, form_key varchar, line_id varchar, page_no bigint,
    line_no bigint, field_no bigint, row_label varchar, row_kind varchar, code varchar, column_path varchar,
    measure varchar, amount_text varchar, unit varchar, amount_yuan decimal(20, 2)
);
insert into staging.amounts values
('abab-L2F1', repeat('ab', 32), 'abab-001', 'budget_revenue_expenditure_summary', 'abab-001-R1', null, 2, 1,
    '一般公共预算', 'item', null, '预算数', 'total', '239.16', '万元', 2391600.00),
('abab-L3F1', repeat('ab', 32), 'abab-001', 'budget_revenue_expenditure_summary', 'abab-001-R2', null, 3, 1,
    '收入总计', 'total', null, '预算数', 'total', '293.16', '万元', 2931600.00);

create table staging.claims (
    claim_id varchar, document_id varchar, section varchar, subject varchar, code varchar, kind varchar,
    stated_as varchar, whole varchar, direction varchar, compared_with varchar, basis_year bigint, reason varchar,
    amount_text varchar, unit varchar, amount_yuan decimal(20, 2), rate_percent decimal(12, 6), page_no bigint,
    line_no bigint
);
insert into staging.claims values
('abab-C5N1', repeat('ab', 32), '二、说明', '收入', null, 'change', null, null, 'up', 'last_year', 2024, null,
    '29.00万元', '万元', 290000.00, null, null, 5),
('abab-C5N2', repeat('ab', 32), '二、说明', '收入', null, 'rate', null, null, 'up', 'last_year', 2024, null,
    '10%', '%', null, 10.000000, null, 5),
('cdcd-C1N1', repeat('cd', 32), '一、总体情况', '预算收入', null, 'level', 'budgeted', null, null, null, 2024, null,
    '293.61万元', '万元', 2936100.00, null, null, 1);

create table staging.rejects (document_id varchar);

create table reconciliation.amount_trust as
select amount_id, 'amount' as figure_kind, 'disputed' as trust, null::decimal(20, 2) as corrected_yuan
from staging.amounts
union all
select claim_id, 'claim', case when claim_id = 'cdcd-C1N1' then 'disputed' else 'reconciled' end, null
from staging.claims;

create table reconciliation.int_corrections (amount_id varchar, reason varchar);

create table reconciliation.int_finding_terms (
    finding_id varchar, identity_id varchar, term_no integer, document_id varchar, form_key varchar, cell_id varchar,
    amount_id varchar, printed_text varchar, unit varchar, measure varchar, row_label varchar, page_no bigint, line_no bigint,
    cell_state varchar, weight decimal(18, 6), contribution_yuan decimal(20, 2)
);
insert into reconciliation.int_finding_terms values
('F-0001', 'column.form_total:1', 1, repeat('ab', 32), 'budget_revenue_expenditure_summary', 'abab-001-R2C1', 'abab-L3F1',
    '293.16', '万元', 'total', '收入总计', null, 3, 'printed', 1, 2931600.00),
('F-0001', 'column.form_total:1', 2, repeat('ab', 32), 'budget_revenue_expenditure_summary', 'abab-001-R1C1', 'abab-L2F1',
    '239.16', '万元', 'total', '一般公共预算', null, 2, 'printed', -1, -2391600.00),
('F-0001', 'column.form_total:1', 2, repeat('ab', 32), 'budget_revenue_expenditure_summary', 'abab-001-R9C1', null,
    null, null, 'total', '其他收入', null, 4, 'blank', -1, 0.00),
('F-0003', 'across.budget_total:1', 1, repeat('cd', 32), 'narrative', 'cdcd-C1N1', 'cdcd-C1N1',
    '293.61万元', '万元', null, '预算收入', null, 1, 'printed', 1, 2936100.00),
('F-0003', 'across.budget_total:1', 2, repeat('ab', 32), 'budget_revenue_expenditure_summary', 'abab-001-R2C1', 'abab-L3F1',
    '293.16', '万元', 'total', '收入总计', null, 3, 'printed', -1, -2931600.00),
('F-0004', 'claims.change_rate:1', 1, repeat('ab', 32), 'narrative', 'abab-C5N1', 'abab-C5N1',
    '29.00万元', '万元', null, '收入', null, 5, 'printed', 1, 290000.00),
('F-0004', 'claims.change_rate:1', 2, repeat('ab', 32), 'budget_revenue_expenditure_summary', 'abab-001-R1C1', 'abab-L2F1',
    '239.16', '万元', 'total', '一般公共预算', null, 2, 'printed', -0.1, -239160.00),
('F-0004', 'claims.change_rate:1', 3, repeat('ab', 32), 'narrative', 'abab-C5N2', 'abab-C5N2',
    '10%', '%', null, '收入', null, 5, 'printed', -23916, 0.00);

create table reconciliation.identity_results as
select
    identity_id, split_part(identity_id, ':', 1) as rule_id, arg_min(document_id, term_no) as document_id,
    'breaks' as outcome, sum(contribution_yuan)::decimal(20, 2) as residual_yuan,
    list({'amount_id': amount_id} order by term_no) as terms
from reconciliation.int_finding_terms
group by identity_id;

create table reconciliation.int_identity_causes as
select 'column.form_total:1' as identity_id, 'C-0001' as cause_id, 'abab-001-R1C1' as correctable_id
union all
select 'across.budget_total:1', 'C-0002', 'cdcd-C1N1'
union all
select 'claims.change_rate:1', 'C-0001', 'abab-001-R1C1';

create table reconciliation.int_suspects as
select
    'abab-001-R1C1' as correctable_id, 'abab-001-R1C1' as cell_id, repeat('ab', 32) as document_id,
    false as is_rounding, true as is_root, 'abab-L2F1' as amount_id, '239.16' as amount_text, '万元' as unit,
    '一般公共预算' as row_label, null::bigint as page_no, 2 as line_no, '293.16' as suggested_text
union all
select
    'cdcd-C1N1', 'cdcd-C1N1', repeat('cd', 32), false, true, 'cdcd-C1N1', '293.61万元', '万元', '预算收入', null, 1,
    '293.16万元';

create table marts.dim_form as
select 'budget_revenue_expenditure_summary' as form_key, '收支总表' as name_zh;

create table marts.fct_findings (
    finding_id varchar, document_id varchar, identity_id varchar, rule_id varchar, kind varchar, severity varchar,
    form_key varchar, places bigint [], left_yuan decimal(20, 2), right_yuan decimal(20, 2),
    residual_yuan decimal(20, 2), tolerance_yuan decimal(20, 3), message_zh varchar, message_en varchar,
    suspected_amount_id varchar, suggested_text varchar, cause_id varchar, cause_kind varchar, suspected_place bigint,
    slip_kind varchar, evidence varchar, acknowledged_because varchar
);
insert into marts.fct_findings values
('F-0001', repeat('ab', 32), 'column.form_total:1', 'column.form_total', 'column', 'discrepancy',
    'budget_revenue_expenditure_summary', [2, 3], 2931600.00, 2391600.00, 540000.00, 100.000,
    '合计不等于各项之和', 'the total is not the sum of its rows', 'abab-L2F1', '293.16', 'C-0001', 'figure', 2,
    'swapped_digits', 'several', null),
('F-0002', repeat('ab', 32), null, 'form.illegible', 'form', 'note', null, [9], null, null, null, null,
    '原文无法识别', 'illegible in the source', null, null, 'C-0009', null, null, null, null, null),
('F-0003', repeat('cd', 32), 'across.budget_total:1', 'across.budget_total', 'across_documents', 'discrepancy',
    'budget_revenue_expenditure_summary', [1], 2936100.00, 2931600.00, 4500.00, 100.000,
    '与预算不符', 'not what the budget says', 'cdcd-C1N1', '293.16万元', 'C-0002', 'figure', 1, 'swapped_digits',
    'only_one', 'the budget was adjusted in June'),
('F-0004', repeat('ab', 32), 'claims.change_rate:1', 'claims.change_rate', 'claim_arithmetic', 'discrepancy',
    null, [2, 5], 290000.00, 239160.00, 50840.00, 100.000,
    '增减率不符', 'the rate is not the change over last year', 'abab-L2F1', '293.16', 'C-0001', 'figure', 2,
    'swapped_digits', 'several', null);

create table marts.fct_causes as
select
    cause_id, document_id, severity, cause_kind, slip_kind, form_key, '一般公共预算' as suspected_label,
    suspected_amount_id, suspected_place, '239.16' as printed_text, suggested_text, 2 as identities_broken, places,
    false as is_acknowledged, message_zh
from marts.fct_findings
where finding_id = 'F-0001'
union all
select
    cause_id, document_id, severity, cause_kind, slip_kind, form_key, '预算收入', suspected_amount_id,
    suspected_place, '293.61万元', suggested_text, 1, places, true, message_zh
from marts.fct_findings
where finding_id = 'F-0003'
union all
select
    'C-0003', repeat('ab', 32), 'discrepancy', 'missing_line', null, 'budget_revenue_expenditure_summary', null, null,
    null, null, null, 2, [1, 2, 3, 4, 5, 6, 7, 8], false, '疑缺一行'
union all
select
    'C-0004', repeat('ab', 32), 'suspect', null, null, null, null, null, null, null, '2101550', 0, [7], false,
    '编码不符';

create table marts.fct_disclosure_scorecard as
select
    document_id, file_name, fiscal_year, stage, 'read' as status, 8 as forms_required, 6 as forms_present,
    1 as forms_blank_with_reason, 1 as forms_blank_without_reason, 0 as forms_illegible, 1210 as identities_asked,
    1208 as identities_hold, 1 as discrepancy_causes, 3 as suspects, 0 as notes, 2 as amounts, 5 as claims,
    4 as claims_reconciled, 9 as indicators, 92.50::decimal(5, 2) as amounts_reconciled_pct,
    64.71::decimal(5, 2) as indicators_quantified_pct
from staging.documents
where stage = 'budget'
union all
select document_id, file_name, fiscal_year, stage, 'failed', 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null
from staging.documents
where stage = 'final_accounts';
