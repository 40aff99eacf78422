select
    claims.claim_id,
    claims.document_id,
    documents.publisher_name,
    documents.fiscal_year,
    documents.stage,
    claims.section,
    claims.subject,
    claims.code,
    claims.kind,
    claims.stated_as,
    claims.budget_version,
    claims.whole,
    claims.direction,
    claims.compared_with,
    claims.basis_year,
    claims.reason,
    claims.amount_text,
    claims.unit,
    claims.amount_yuan,
    claims.last_digit_yuan,
    claims.rate_percent,
    decisions.corrected_yuan,
    decisions.trust,
    about.claim_key,
    dimensions.flow,
    dimensions.fund,
    dimensions.spending_kind,
    dimensions.function_code,
    dimensions.economic_code,
    dimensions.three_public,
    dimensions.procurement_class,
    dimensions.scope,
    claims.form_id,
    claims.page_no,
    claims.line_no,
    claims.field_no
from {{ ref('stg_claims') }} as claims
inner join {{ ref('int_identified_documents') }} as documents on claims.document_id = documents.document_id
inner join {{ ref('int_disclosures') }} as disclosures
    on claims.document_id = disclosures.document_id and disclosures.is_in_force
inner join {{ ref('amount_trust') }} as decisions
    on claims.claim_id = decisions.amount_id and decisions.trust != 'quarantined'
inner join {{ ref('int_claims') }} as about on claims.claim_id = about.claim_id
inner join {{ ref('int_claim_dimensions') }} as dimensions on claims.claim_id = dimensions.claim_id
