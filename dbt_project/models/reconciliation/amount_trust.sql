-- The one model that decides trust, of amounts and of claims. Nothing known means unchecked; doubt wins over agreement.
with figures as (
    select
        amounts.document_id,
        amounts.amount_id,
        'amount' as figure_kind,
        amounts.amount_yuan is null and amounts.amount_kind != 'dash' as has_no_value,
        lines.doubt is not null
        or coalesce(amounts.doubt != 'recognised', false)
        or coalesce(amounts.confidence < {{ var('least_confidence') }}, false) as is_doubtful,
        coalesce(amounts.doubt != 'recognised', false) as needs_another
    from {{ ref('stg_amounts') }} as amounts
    left join {{ ref('stg_lines') }} as lines on amounts.line_id = lines.line_id
    union all
    select
        document_id,
        claim_id as amount_id,
        'claim' as figure_kind,
        amount_yuan is null and rate_percent is null as has_no_value,
        coalesce(confidence < {{ var('least_confidence') }}, false) as is_doubtful,
        false as needs_another
    from {{ ref('stg_claims') }}
),

-- a break explained by another figure is no evidence against this one
suspects as (
    select
        correctable_id,
        cell_id,
        amount_id,
        evidence
    from {{ ref('int_suspects') }}
    where not is_rounding
),

suspected as (
    select distinct amount_id
    from suspects
    where amount_id is not null
),

explained as (
    select distinct causes.identity_id
    from {{ ref('int_identity_causes') }} as causes
    inner join suspects on causes.correctable_id = suspects.correctable_id and suspects.evidence != 'likely'
),

-- a whole sheet may be displayed otherwise than stored, and add up: what confirms is a figure without a doubt
confirmed as (
    select distinct identity_id
    from {{ ref('int_identity_terms') }}
    where not is_doubtful and cell_state = 'printed'
),

asked as (
    select
        terms.amount_id,
        count(distinct terms.identity_id) filter (
            results.outcome = 'holds' and confirmed.identity_id is not null
        ) as identities_confirmed,
        count(distinct terms.identity_id) filter (results.outcome = 'holds') as identities_held,
        -- a break that may have a reason that is not printed is no evidence
        count(distinct terms.identity_id) filter (
            results.outcome = 'breaks' and rules.severity != 'note'
        ) as identities_broken,
        count(distinct terms.identity_id) filter (
            results.outcome = 'breaks' and rules.severity != 'note' and explained.identity_id is not null
        ) as identities_explained
    from {{ ref('int_identity_terms') }} as terms
    inner join {{ ref('identity_results') }} as results on terms.identity_id = results.identity_id
    inner join {{ ref('identities') }} as rules on results.rule_id = rules.rule_id
    left join explained on terms.identity_id = explained.identity_id
    left join confirmed on terms.identity_id = confirmed.identity_id
    where terms.amount_id is not null
    group by terms.amount_id
),

weighed as (
    select
        figures.document_id,
        figures.amount_id,
        figures.figure_kind,
        figures.has_no_value,
        figures.is_doubtful,
        figures.needs_another and coalesce(asked.identities_confirmed, 0) = 0 as is_unconfirmed,
        coalesce(asked.identities_held, 0) as identities_held,
        coalesce(asked.identities_broken, 0) as identities_broken,
        coalesce(asked.identities_explained, 0) as identities_explained,
        suspected.amount_id is not null as is_suspected,
        corrections.corrected_yuan
    from figures
    left join asked on figures.amount_id = asked.amount_id
    left join suspected on figures.amount_id = suspected.amount_id
    left join {{ ref('int_corrections') }} as corrections on figures.amount_id = corrections.amount_id
)

select
    document_id,
    amount_id,
    figure_kind,
    case
        when has_no_value then 'quarantined'
        -- a row that we repaired, or a figure that was hardly recognised, is believed once the document's own
        -- arithmetic confirms it
        when is_unconfirmed then 'quarantined'
        when is_doubtful and (identities_held = 0 or is_suspected or identities_broken > identities_explained)
            then 'quarantined'
        when is_suspected or identities_broken > identities_explained then 'disputed'
        when identities_held > 0 then 'reconciled'
        else 'unchecked'
    end as trust,
    identities_held,
    identities_broken,
    identities_explained,
    is_suspected,
    corrected_yuan
from weighed
