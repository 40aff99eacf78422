-- The one place that decides which amounts a mart may show and to which fact each belongs.
select
    amounts.amount_id,
    amounts.document_id,
    documents.publisher_name,
    documents.fiscal_year,
    documents.stage,
    amounts.form_id,
    amounts.form_key,
    amounts.line_id,
    form_types.fact as form_fact,
    -- A column such as 本年收入 tells its direction by itself; otherwise the side does, otherwise the form.
    coalesce(
        case when measures.flow in ('revenue', 'balance', 'rate') then measures.flow end,
        case when amounts.side_key = 'revenue' then 'revenue' end,
        case when form_types.fact in ('spending', 'revenue') then form_types.fact end
    ) as flow,
    amounts.side_no,
    amounts.side_key,
    amounts.code,
    amounts.economic_code_government,
    lines.label_plain as name,
    amounts.row_kind,
    lines.line_key,
    tree.is_leaf,
    amounts.column_path,
    amounts.measure,
    amounts.fund,
    amounts.amount_text,
    amounts.unit,
    amounts.amount_yuan,
    amounts.last_digit_yuan,
    decisions.corrected_yuan,
    decisions.trust,
    amounts.page_no,
    amounts.line_no,
    amounts.field_no,
    amounts.row_no,
    amounts.col_no
from {{ ref('stg_amounts') }} as amounts
-- Inner on purpose: an amount whose trust was never decided is not published.
inner join {{ ref('amount_trust') }} as decisions
    on amounts.amount_id = decisions.amount_id and decisions.trust in ('reconciled', 'unchecked', 'disputed')
inner join {{ ref('stg_documents') }} as documents on amounts.document_id = documents.document_id
-- Facts are about the versions in force; what was replaced stays in staging.
inner join {{ ref('int_document_versions') }} as versions
    on amounts.document_id = versions.document_id and versions.superseded_by is null
inner join {{ ref('stg_lines') }} as lines on amounts.line_id = lines.line_id
inner join {{ ref('int_lines') }} as tree on amounts.line_id = tree.line_id
left join {{ ref('forms') }} as form_types on amounts.form_key = form_types.form_key
left join {{ ref('measures') }} as measures on amounts.measure = measures.measure
where amounts.amount_yuan is not null
