{%- macro assert_trust_was_decided_once_for_every_amount() -%}
select
    amounts.amount_id,
    list(decisions.trust) as decisions
from {{ ref('stg_amounts') }} as amounts
left join {{ ref('amount_trust') }} as decisions on amounts.amount_id = decisions.amount_id
group by amounts.amount_id
-- count() leaves out the NULL of an amount without a decision.
having
    count(decisions.trust) <> 1
    or not bool_and(decisions.trust in ('reconciled', 'unchecked', 'disputed', 'quarantined'))
{%- endmacro -%}
