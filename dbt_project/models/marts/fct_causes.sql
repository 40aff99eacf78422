-- What to correct: findings with one cause together, since one mistyped figure can break five sums.
with grave as (
    select *
    from {{ ref('fct_findings') }}
    where severity in ('discrepancy', 'suspect')
),

gathered as (
    select
        cause_id,
        document_id,
        -- what may be ours makes the whole group so
        max(severity) as severity,
        arg_min(cause_kind, finding_id) as cause_kind,
        arg_min(form_key, finding_id) as form_key,
        count(*) as findings,
        count(identity_id) as identities_broken,
        list_sort(list(distinct rule_id)) as rule_ids,
        list_sort(list_distinct(flatten(list(places)))) as places,
        arg_min(suspected_amount_id, finding_id) as suspected_amount_id,
        arg_min(suspected_place, finding_id) as suspected_place,
        arg_min(suggested_text, finding_id) as suggested_text,
        arg_min(slip_kind, finding_id) as slip_kind,
        arg_min(evidence, finding_id) as evidence,
        bool_and(acknowledged_because is not null) as is_acknowledged,
        bool_or(is_superseded) as is_superseded,
        arg_min(message_zh, finding_id) as message_zh,
        arg_min(message_en, finding_id) as message_en
    from grave
    group by cause_id, document_id
),

figures as (
    select
        amount_id,
        form_key,
        amount_text,
        row_label as subject
    from {{ ref('stg_amounts') }}
    union all
    select
        claim_id as amount_id,
        null as form_key,
        amount_text,
        subject
    from {{ ref('stg_claims') }}
)

select
    gathered.cause_id,
    gathered.document_id,
    documents.publisher_name,
    documents.fiscal_year,
    documents.stage,
    gathered.severity,
    gathered.cause_kind,
    gathered.slip_kind,
    gathered.evidence,
    -- the form of the figure that is wrong; prose is none
    case when figures.amount_id is null then gathered.form_key else figures.form_key end as form_key,
    figures.subject as suspected_label,
    gathered.suspected_amount_id,
    gathered.suspected_place,
    figures.amount_text as printed_text,
    gathered.suggested_text,
    gathered.findings,
    gathered.identities_broken,
    gathered.rule_ids,
    gathered.places,
    gathered.is_acknowledged,
    gathered.message_zh,
    gathered.message_en,
    gathered.is_superseded
from gathered
inner join {{ ref('int_identified_documents') }} as documents on gathered.document_id = documents.document_id
left join figures on gathered.suspected_amount_id = figures.amount_id
