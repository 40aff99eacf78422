{%- macro assert_the_preferred_restatement_is_one_and_adds_up() -%}
with shown as (
    select
        restatements.document_id,
        count(distinct restatements.restatement_id) as preferred,
        sum(lines.amount_yuan) filter (lines.is_leaf and lines.is_preferred) as shown_yuan,
        max(restatements.leaves_yuan) as leaves_yuan
    from {{ ref('dim_restatement') }} as restatements
    left join {{ ref('fct_spending_lines') }} as lines on restatements.restatement_id = lines.restatement_id
    where restatements.is_preferred
    group by restatements.document_id
)

select *
from shown
where preferred > 1 or coalesce(shown_yuan, 0) != leaves_yuan
{%- endmacro -%}
