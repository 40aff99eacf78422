-- The rules' terms with a form in every row: a term that names no form stands for all money forms, also for those that
-- nobody could name. A rule of such terms alone rests on how a form is built, not on which form it is.
with form_types as (
    select
        form_key,
        layout
    from {{ ref('forms') }}
    union all
    select
        '{{ var("unnamed_form") }}' as form_key,
        'money_table' as layout
),

rules_of_forms as (
    select distinct rule_id
    from {{ ref('identity_terms') }}
    where form_key is not null
)

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
    terms.match_on,
    rules_of_forms.rule_id is null as is_of_any_form
from {{ ref('identity_terms') }} as terms
left join rules_of_forms on terms.rule_id = rules_of_forms.rule_id
inner join form_types
    on
        terms.form_key = form_types.form_key
        or (terms.form_key is null and form_types.layout in ('money_table', 'performance'))
