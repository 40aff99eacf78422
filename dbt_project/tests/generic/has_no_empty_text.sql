{#-
    Fails on every row in which a text column is empty or blank: what is not printed is NULL, so that
    "not printed" has one spelling. The columns are those of the built table.
-#}
{% test has_no_empty_text(model) %}
{%- set text_columns = adapter.get_columns_in_relation(model) | selectattr("dtype", "equalto", "VARCHAR") -%}
select *
from {{ model }}
where
    false
    {%- for column in text_columns %}
        or trim({{ column.name }}) = ''
    {%- endfor %}
{% endtest %}
