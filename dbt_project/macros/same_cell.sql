{#- Whether two rows are of one cell of one document, by where it is printed; texts have no pages, and prose no fields. -#}
{%- macro same_cell(one, other) -%}
{{ one }}.document_id = {{ other }}.document_id
            and {{ one }}.page_no is not distinct from {{ other }}.page_no
            and {{ one }}.line_no is not distinct from {{ other }}.line_no
            and {{ one }}.field_no is not distinct from {{ other }}.field_no
{%- endmacro -%}
