{%- macro assert_every_mart_shows_trust_as_it_was_decided() -%}
select
    shown.*,
    decisions.trust as decided
from {{ amounts_shown_in_marts() }} as shown
left join {{ ref('amount_trust') }} as decisions on shown.amount_id = decisions.amount_id
where shown.trust is distinct from decisions.trust
{%- endmacro -%}
