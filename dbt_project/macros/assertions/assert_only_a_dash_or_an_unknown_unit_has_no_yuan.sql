{%- macro assert_only_a_dash_or_an_unknown_unit_has_no_yuan() -%}
select
    amount_id,
    amount_text,
    amount_kind,
    unit,
    amount_yuan
from {{ ref('stg_amounts') }}
where (amount_yuan is null) <> (amount_kind = 'dash' or unit is null)
{%- endmacro -%}
