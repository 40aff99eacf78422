-- The rules' terms with a form in every row: a term that names no form stands for all money forms.
select
    terms.rule_id,
    terms.term_no,
    terms.sign,
    terms.is_required,
    terms.is_many,
    terms.is_each,
    terms.stage,
    terms.document_role,
    form_types.form_key,
    terms.side_key,
    terms.line_role,
    terms.line_key,
    terms.label,
    terms.parent_label,
    terms.detail,
    terms.code_digits,
    terms.measure,
    terms.fund,
    terms.claim_kind,
    terms.stated_as,
    terms.claim_year,
    terms.match_on
from {{ ref('identity_terms') }} as terms
inner join {{ ref('forms') }} as form_types
    on
        terms.form_key = form_types.form_key
        or (terms.form_key is null and form_types.layout in ('money_table', 'performance'))
