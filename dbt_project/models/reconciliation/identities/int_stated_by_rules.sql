-- Amounts of one coordinate that the rules of their forms hold together already, directly or by way of a third: they
-- are not asked again. A rule counts where its condition is met and its forms are known.
with asked_rules as (
    select
        terms.identity_id,
        terms.cell_id,
        terms.weight
    from {{ ref('int_identity_terms') }} as terms
    inner join {{ ref('identities') }} as rules on terms.rule_id = rules.rule_id
    left join {{ ref('stg_forms') }} as forms on terms.form_id = forms.form_id
    left join {{ ref('int_conditions_met') }} as conditions_met
        on terms.document_id = conditions_met.document_id and rules.condition = conditions_met.condition
    where
        terms.rule_id != 'figure.stated_twice'
        -- what stands in other documents is no ground here: which is the least cell would depend on them
        and rules.family is distinct from 'across_documents'
        and terms.cell_state = 'printed'
        and terms.value_yuan != 0
        and (rules.condition is null or conditions_met.document_id is not null)
        and coalesce(forms.certainty, 1) >= 0.8
),

-- what remains of an equation without its zeros
equal_figures as (
    select
        min(cell_id) as cell_id,
        max(cell_id) as other_id
    from asked_rules
    group by identity_id
    having count(*) = 2 and min(weight) = -max(weight)
),

either_way as (
    select
        cell_id,
        other_id
    from equal_figures
    union
    select
        other_id as cell_id,
        cell_id as other_id
    from equal_figures
),

named_once as (
    select
        cell_id,
        least(cell_id, min(other_id)) as group_id
    from either_way
    group by cell_id
),

named_twice as (
    select
        named_once.cell_id,
        least(min(named_once.group_id), min(others.group_id)) as group_id
    from named_once
    inner join either_way on named_once.cell_id = either_way.cell_id
    inner join named_once as others on either_way.other_id = others.cell_id
    group by named_once.cell_id
)

select
    twice.identity_id,
    twice.document_id
from {{ ref('int_stated_twice') }} as twice
inner join named_twice as firsts on twice.first_cell_id = firsts.cell_id
inner join named_twice as others on twice.other_cell_id = others.cell_id and firsts.group_id = others.group_id
