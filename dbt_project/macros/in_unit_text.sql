{#- A sum in a printed unit, exact and without noughts at its end: for messages alone, nothing is computed with it. -#}
{%- macro in_unit_text(yuan, unit) -%}
regexp_replace(
    case {{ unit }}
        when '亿元' then (({{ yuan }})::decimal(28, 2) * 0.00000001::decimal(9, 8))::varchar
        when '百万元' then (({{ yuan }})::decimal(28, 2) * 0.000001::decimal(7, 6))::varchar
        when '万元' then (({{ yuan }})::decimal(28, 2) * 0.0001::decimal(5, 4))::varchar
        when '千元' then (({{ yuan }})::decimal(28, 2) * 0.001::decimal(4, 3))::varchar
        else (({{ yuan }})::decimal(28, 2))::varchar
    end,
    '\.?0+$',
    ''
)
{%- endmacro -%}
