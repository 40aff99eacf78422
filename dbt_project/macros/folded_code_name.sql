{#- A name of a code without what tells no names apart: spaces, brackets, a (类), (款) or (项) and a 支出 at its end. -#}
{%- macro folded_code_name(name) -%}
regexp_replace(
    translate(regexp_replace({{ name }}, '\s|[(（][类款项][)）]$', '', 'g'), '()（）', ''), '(.)支出$', '\1'
)
{%- endmacro -%}
