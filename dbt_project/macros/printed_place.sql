{#- Where something is printed, as one number: pages, then lines; a text without pages has lines alone. -#}
{%- macro printed_place(page_no, line_no) -%}
(coalesce({{ page_no }}, 0) * 1000000 + {{ line_no }})
{%- endmacro -%}
