{#-
How many figures one side of an identity prints: those that the rule cannot do without, where it names any. A side
that prints only what may be left out (a balance beside blank items) is a blank side.
-#}
{%- macro printed_on_side(is_of_side) -%}
case
    when count(*) filter (({{ is_of_side }}) and terms.is_required) > 0
        then count(*) filter (({{ is_of_side }}) and terms.is_required and terms.cell_state != 'blank')
    else count(*) filter (({{ is_of_side }}) and terms.cell_state != 'blank')
end
{%- endmacro -%}
