{#- A subquery with what one step of the last printed digit usually is worth, for each form and unit (form_id, unit). -#}
{%- macro usual_last_digits() -%}
(
    select
        form_id,
        unit,
        mode(last_digit_yuan) as usual_last_digit_yuan
    from {{ ref('stg_amounts') }}
    where amount_kind = 'number' and amount_text like '%.%'
    group by form_id, unit
)
{%- endmacro -%}
