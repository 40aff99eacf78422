{#- A sum for people to read: with separators and two decimals. For messages alone: nothing is computed with it. -#}
{%- macro yuan_text(yuan) -%}
format('{:,.2f}', {{ yuan }}::double)
{%- endmacro -%}
