{%- macro assert_every_trusted_amount_of_a_spending_or_revenue_form_is_in_one_fact() -%}
-- Money carried in from or out to another year is neither spent nor received, and stays in staging; so do comparisons.
with

facts as (
    select amount_id
    from {{ ref('fct_spending_lines') }}
    union all
    select amount_id
    from {{ ref('fct_revenue_lines') }}
),

due as (
    select amounts.amount_id
    from {{ ref('stg_amounts') }} as amounts
    inner join {{ ref('forms') }} as form_types on amounts.form_key = form_types.form_key
    inner join {{ ref('amount_trust') }} as decisions on amounts.amount_id = decisions.amount_id
    inner join {{ ref('int_disclosures') }} as disclosures
        on amounts.document_id = disclosures.document_id and disclosures.is_in_force
    semi join {{ ref('int_own_columns') }} as own
        on amounts.form_id = own.form_id and amounts.side_no = own.side_no and amounts.col_no = own.col_no
    left join {{ ref('measures') }} as measures on amounts.measure = measures.measure
    where
        form_types.fact in ('spending', 'revenue')
        and decisions.trust <> 'quarantined'
        and amounts.amount_yuan is not null
        and coalesce(measures.flow not in ('balance', 'rate'), true)
)

select
    due.amount_id,
    count(facts.amount_id) as times
from due
left join facts on due.amount_id = facts.amount_id
group by due.amount_id
having count(facts.amount_id) <> 1
{%- endmacro -%}
