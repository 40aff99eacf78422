{#-
    How far a printed figure may be from the exact one: half a step of its last printed digit. A figure printed to the
    fen (0.01 yuan) is exact: money has no smaller unit.
-#}
{%- macro rounding(last_digit_yuan) -%}
case when {{ last_digit_yuan }} <= 0.01 then 0 else {{ last_digit_yuan }} / 2 end::decimal(20, 4)
{%- endmacro -%}
