{#-
How many figures one side of an identity prints: those that the rule cannot do without, where it names any. A side
that prints only what may be left out (a balance beside blank items) is a blank side. ``blank`` are the states of a
cell that prints no figure.
-#}
{%- macro printed_on_side(is_of_side, blank=('blank',)) -%}
{%- set printed = "terms.cell_state not in ('" ~ blank | join("', '") ~ "')" -%}
case
    when count(*) filter (({{ is_of_side }}) and terms.is_required) > 0
        then count(*) filter (({{ is_of_side }}) and terms.is_required and {{ printed }})
    else count(*) filter (({{ is_of_side }}) and {{ printed }})
end
{%- endmacro -%}
