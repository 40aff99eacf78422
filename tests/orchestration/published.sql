-- The smallest published file that every command can be asked about: one document, one form, a slip in one cell.
create schema staging;
create schema reconciliation;
create schema marts;

create table staging.documents as
select
    repeat('ab', 32) as document_id, 'budget.txt' as file_name, 'text/plain' as media_type,
    '某区医疗保障局' as publisher_name, 2024 as fiscal_year, 'budget' as stage;

create table staging.forms as
select
    'abab-001' as form_id, repeat('ab', 32) as document_id, '表1' as printed_number, '收支总表' as printed_title;

create table staging.amounts (
    amount_id varchar, document_id varchar, form_id varchar, form_key varchar, line_id varchar, line_no bigint,
    field_no bigint, row_label varchar, row_kind varchar, code varchar, column_path varchar, measure varchar,
    amount_text varchar, unit varchar, amount_yuan decimal(20, 2)
);
insert into staging.amounts values
('abab-L2F1', repeat('ab', 32), 'abab-001', 'budget_revenue_expenditure_summary', 'abab-001-R1', 2, 1,
    '一般公共预算', 'item', null, '预算数', 'total', '239.16', '万元', 2391600.00),
('abab-L3F1', repeat('ab', 32), 'abab-001', 'budget_revenue_expenditure_summary', 'abab-001-R2', 3, 1,
    '收入总计', 'total', null, '预算数', 'total', '293.16', '万元', 2931600.00);

create table staging.rejects (document_id varchar);

create table reconciliation.amount_trust as
select amount_id, 'disputed' as trust from staging.amounts;

create table reconciliation.identity_results as
select
    'column.form_total' as rule_id, repeat('ab', 32) as document_id, 'column.form_total:1' as identity_id,
    'breaks' as outcome, 2931600.00::decimal(20, 2) as left_yuan, 2391600.00::decimal(20, 2) as right_yuan,
    540000.00::decimal(20, 2) as residual_yuan, [2, 3] as places,
    [
        {
            'term_no': 1, 'sign': 1, 'amount_id': 'abab-L3F1', 'form_key': 'budget_revenue_expenditure_summary',
            'row_label': '收入总计', 'measure': 'total', 'amount_text': '293.16', 'unit': '万元', 'line_no': 3
        },
        {
            'term_no': 2, 'sign': -1, 'amount_id': 'abab-L2F1', 'form_key': 'budget_revenue_expenditure_summary',
            'row_label': '一般公共预算', 'measure': 'total', 'amount_text': '239.16', 'unit': '万元', 'line_no': 2
        }
    ] as terms;

create table marts.fct_findings as
select
    'F-0001' as finding_id, repeat('ab', 32) as document_id, 'column.form_total:1' as identity_id,
    'column.form_total' as rule_id, 'column' as kind,
    'discrepancy' as severity, 'budget_revenue_expenditure_summary' as form_key, [2, 3] as places,
    2931600.00::decimal(20, 2) as left_yuan, 2391600.00::decimal(20, 2) as right_yuan,
    540000.00::decimal(20, 2) as residual_yuan, 100.000::decimal(20, 3) as tolerance_yuan,
    '合计不等于各项之和' as message_zh, 'the total is not the sum of its rows' as message_en,
    'abab-L2F1' as suspected_amount_id, '293.16' as suggested_text
union all
select
    'F-0002', repeat('ab', 32), null, 'form.illegible', 'form', 'note', null, [9], null, null, null, null,
    '原文无法识别', 'illegible in the source', null, null;
