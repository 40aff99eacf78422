-- How complete, consistent and concrete each disclosure is, in counts that can be looked up in the other tables.
with documents as (
    select
        documents.*,
        compared.reconciled_as
    from {{ ref('int_identified_documents') }} as documents
    inner join {{ ref('int_documents') }} as compared on documents.document_id = compared.document_id
    inner join {{ ref('int_disclosures') }} as disclosures
        on documents.document_id = disclosures.document_id and disclosures.is_in_force
    -- a blank set of forms discloses nothing
    -- and what is no disclosure has nothing to be scored
    where
        not documents.is_template
        and documents.status != 'not_a_disclosure'
        -- of what could not be read and names nobody it is not known that it is one
        and (documents.status != 'failed' or documents.publisher_name is not null)
),

-- the forms of a disclosure whose parts are several documents are in one of them
printed_forms as (
    select
        forms.*,
        compared.reconciled_as
    from {{ ref('stg_forms') }} as forms
    inner join {{ ref('int_documents') }} as compared on forms.document_id = compared.document_id
),

-- one row per form that a disclosure must have: whether it is there, and in what state
required as (
    select
        documents.document_id,
        form_types.form_key,
        count(forms.form_id) > 0 as is_present,
        coalesce(bool_and(forms.is_illegible), false) as is_illegible,
        coalesce(bool_and(forms.is_blank), false) as is_blank,
        bool_or(forms.blank_reason is not null) as has_reason
    from documents
    inner join {{ ref('forms') }} as form_types
        on
            documents.stage = form_types.stage
            and form_types.required_by is not null
            -- what departments must disclose
            and documents.document_kind is distinct from 'government'
    left join printed_forms as forms
        on documents.reconciled_as = forms.reconciled_as and form_types.form_key = forms.form_key
    group by documents.document_id, form_types.form_key
),

unnamed as (
    select distinct document_id
    from {{ ref('stg_forms') }}
    where form_key is null and printed_title is not null and not is_blank
),

forms as (
    select
        required.document_id,
        count(*) as forms_required,
        count(*) filter (required.is_present and not required.is_illegible) as forms_present,
        count(*) filter (required.is_blank and required.has_reason) as forms_blank_with_reason,
        count(*) filter (required.is_blank and not coalesce(required.has_reason, false)) as forms_blank_without_reason,
        count(*) filter (required.is_illegible) as forms_illegible,
        -- a form that nobody could name may be the one that is looked for
        count(*) filter (not required.is_present and unnamed.document_id is null) as forms_absent
    from required
    left join unnamed on required.document_id = unnamed.document_id
    group by required.document_id
),

identities as (
    select
        document_id,
        count(*) filter (outcome != 'not_asked') as identities_asked,
        count(*) filter (outcome = 'holds') as identities_hold,
        count(*) filter (outcome = 'breaks') as identities_break,
        count(*) filter (outcome = 'not_asked') as identities_not_asked
    from {{ ref('identity_results') }}
    group by document_id
),

findings as (
    select
        document_id,
        count(*) filter (severity = 'discrepancy') as discrepancies,
        count(distinct cause_id) filter (severity = 'discrepancy') as discrepancy_causes,
        count(*) filter (severity = 'suspect') as suspects,
        count(*) filter (severity = 'rounding') as roundings,
        count(*) filter (severity = 'note') as notes
    from {{ ref('fct_findings') }}
    group by document_id
),

checks as (
    select
        document_id,
        count(*) filter (outcome = 'met') as checks_met,
        count(*) filter (outcome = 'not_met') as checks_not_met,
        count(*) filter (outcome = 'remark') as checks_remarked,
        count(*) filter (outcome = 'cannot_be_judged') as checks_open
    from {{ ref('fct_disclosure_checks') }}
    group by document_id
),

amounts as (
    select
        amounts.document_id,
        count(*) as amounts,
        count(*) filter (decisions.trust = 'reconciled') as amounts_reconciled,
        count(*) filter (decisions.trust = 'unchecked') as amounts_unchecked,
        count(*) filter (decisions.trust = 'disputed') as amounts_disputed,
        count(*) filter (decisions.trust = 'quarantined') as amounts_quarantined
    from {{ ref('stg_amounts') }} as amounts
    inner join {{ ref('amount_trust') }} as decisions on amounts.amount_id = decisions.amount_id
    group by amounts.document_id
),

claims as (
    select
        document_id,
        count(*) as claims,
        count(*) filter (trust = 'reconciled') as claims_reconciled,
        count(*) filter (trust = 'disputed') as claims_disputed
    from {{ ref('fct_claims') }}
    group by document_id
),

indicators as (
    select
        document_id,
        count(*) as indicators,
        count(*) filter (is_quantitative) as indicators_quantified
    from {{ ref('stg_indicators') }}
    group by document_id
)

select
    documents.document_id,
    documents.file_name,
    documents.publisher_name,
    documents.fiscal_year,
    documents.stage,
    documents.status,
    {%- for name in [
        'forms.forms_required', 'forms.forms_present', 'forms.forms_blank_with_reason',
        'forms.forms_blank_without_reason', 'forms.forms_illegible', 'forms.forms_absent',
        'identities.identities_asked', 'identities.identities_hold', 'identities.identities_break',
        'identities.identities_not_asked', 'findings.discrepancies', 'findings.discrepancy_causes',
        'findings.suspects', 'findings.roundings', 'findings.notes', 'amounts.amounts',
        'amounts.amounts_reconciled', 'amounts.amounts_unchecked', 'amounts.amounts_disputed',
        'amounts.amounts_quarantined', 'claims.claims', 'claims.claims_reconciled', 'claims.claims_disputed',
        'indicators.indicators', 'indicators.indicators_quantified', 'checks.checks_met', 'checks.checks_not_met',
        'checks.checks_remarked', 'checks.checks_open',
    ] %}
        coalesce({{ name }}, 0) as {{ name.split('.')[1] }},
    {%- endfor %}
    -- NULL where there is nothing of which it could be a share
    round(100.0 * amounts.amounts_reconciled / nullif(amounts.amounts, 0), 2)::decimal(5, 2) as amounts_reconciled_pct,
    round(100.0 * indicators.indicators_quantified / nullif(indicators.indicators, 0), 2)::decimal(5, 2)
        as indicators_quantified_pct
from documents
left join forms on documents.document_id = forms.document_id
left join identities on documents.document_id = identities.document_id
left join findings on documents.document_id = findings.document_id
left join checks on documents.document_id = checks.document_id
left join amounts on documents.document_id = amounts.document_id
left join claims on documents.document_id = claims.document_id
left join indicators on documents.document_id = indicators.document_id
