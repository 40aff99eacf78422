{%- macro assert_nothing_quarantined_is_in_a_mart() -%}
select shown.*
from {{ amounts_shown_in_marts() }} as shown
inner join {{ ref('amount_trust') }} as decisions on shown.amount_id = decisions.amount_id
where decisions.trust = 'quarantined'
{%- endmacro -%}
