-- What each figure of the prose is of, as far as its own words say; what they do not say is unknown, not all.
with subjects as (
    select distinct regexp_replace(translate(coalesce(subject, ''), '()', '（）'), '\s', '', 'g') as subject
    from {{ ref('stg_claims') }}
),

said as (
    select
        subjects.subject,
        dimensions.dimension,
        arg_min(dimensions.value, struct_pack(dimensions.rank, dimensions.value)) as value
    from subjects
    inner join {{ ref('claim_dimensions') }} as dimensions on regexp_matches(subjects.subject, dimensions.pattern)
    group by subjects.subject, dimensions.dimension
),

by_subject as (
    select
        subject,
        max(value) filter (where dimension = 'fund') as fund,
        max(value) filter (where dimension = 'spending_kind') as spending_kind,
        max(value) filter (where dimension = 'three_public') as three_public,
        max(value) filter (where dimension = 'procurement_class') as procurement_class,
        max(value) filter (where dimension = 'flow') as flow,
        max(value) filter (where dimension = 'scope') as scope
    from said
    group by subject
)

select
    claims.claim_id,
    claims.document_id,
    by_subject.flow,
    by_subject.fund,
    by_subject.spending_kind,
    paths.function_code,
    paths.economic_code,
    by_subject.three_public,
    by_subject.procurement_class,
    by_subject.scope
from {{ ref('stg_claims') }} as claims
inner join {{ ref('int_claim_paths') }} as paths on claims.claim_id = paths.claim_id
left join by_subject
    on by_subject.subject = regexp_replace(translate(coalesce(claims.subject, ''), '()', '（）'), '\s', '', 'g')
