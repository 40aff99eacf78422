-- The one place that decides which amounts a mart may show and to which fact each belongs.
select
    {{ columns_from(amounts='stg_amounts', lines='stg_lines', documents='int_identified_documents') }},
    form_types.fact as form_fact,
    -- A column such as 本年收入 tells its direction by itself; otherwise the side does, otherwise the form.
    coalesce(
        case when measures.flow in ('revenue', 'balance', 'rate') then measures.flow end,
        case when amounts.side_key = 'revenue' then 'revenue' end,
        case when form_types.fact in ('spending', 'revenue') then form_types.fact end
    ) as flow,
    lines.label_plain as name,
    tree.is_leaf,
    decisions.corrected_yuan,
    decisions.trust
from {{ ref('stg_amounts') }} as amounts
-- Inner on purpose: an amount whose trust was never decided is not published.
inner join {{ ref('amount_trust') }} as decisions
    on amounts.amount_id = decisions.amount_id and decisions.trust in ('reconciled', 'unchecked', 'disputed')
inner join {{ ref('int_identified_documents') }} as documents on amounts.document_id = documents.document_id
-- Facts are about the editions and versions in force; the others stay in fct_amounts_all_editions.
inner join {{ ref('int_disclosures') }} as disclosures
    on amounts.document_id = disclosures.document_id and disclosures.is_in_force
-- What another year or version, or a change, says beside it, stays in staging.
semi join {{ ref('int_own_columns') }} as own
    on amounts.form_id = own.form_id and amounts.side_no = own.side_no and amounts.col_no = own.col_no
inner join {{ ref('stg_lines') }} as lines on amounts.line_id = lines.line_id
inner join {{ ref('int_lines') }} as tree on amounts.line_id = tree.line_id
left join {{ ref('forms') }} as form_types on amounts.form_key = form_types.form_key
left join {{ ref('measures') }} as measures on amounts.measure = measures.measure
where amounts.amount_yuan is not null
