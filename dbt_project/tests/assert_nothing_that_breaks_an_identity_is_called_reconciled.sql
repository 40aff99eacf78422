with terms as (
    select
        rule_id,
        identity_id,
        unnest(list_transform(terms, term -> term.amount_id)) as amount_id
    from {{ ref('identity_results') }}
    where outcome = 'breaks'
)

select
    terms.rule_id,
    terms.identity_id,
    terms.amount_id
from terms
inner join {{ ref('amount_trust') }} as decisions on terms.amount_id = decisions.amount_id
where decisions.trust = 'reconciled'
