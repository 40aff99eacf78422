-- The one model that decides trust. Nothing known about an amount means unchecked; doubt wins over agreement.
with asked as (
    select
        terms.amount_id,
        count(distinct results.identity_id) filter (results.outcome = 'holds') as identities_held,
        count(distinct results.identity_id) filter (results.outcome = 'breaks') as identities_broken
    from {{ ref('int_identity_terms') }} as terms
    inner join {{ ref('identity_results') }} as results on terms.identity_id = results.identity_id
    where terms.amount_id is not null
    group by terms.amount_id
)

select
    amounts.amount_id,
    case
        when amounts.amount_yuan is null and amounts.amount_kind != 'dash' then 'quarantined'
        -- a row that we repaired is believed once the document's own arithmetic confirms it
        when lines.doubt is not null and (coalesce(asked.identities_held, 0) = 0 or asked.identities_broken > 0)
            then 'quarantined'
        when asked.identities_broken > 0 then 'disputed'
        when asked.identities_held > 0 then 'reconciled'
        else 'unchecked'
    end as trust,
    coalesce(asked.identities_held, 0) as identities_held,
    coalesce(asked.identities_broken, 0) as identities_broken
from {{ ref('stg_amounts') }} as amounts
left join {{ ref('stg_lines') }} as lines on amounts.line_id = lines.line_id
left join asked on amounts.amount_id = asked.amount_id
