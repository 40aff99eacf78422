{#-
    Fails on every value of a column of codes that seeds.value_names has no words for. A warning wherever it is used: that
    a word is missing is no reason to hold back figures.
-#}
{% test has_named_values(model, column_name) %}
{{ config(severity = "warn") }}
select distinct shown.{{ column_name }} as unnamed_value
from {{ model }} as shown
left join {{ ref("value_names") }} as names
    on names.column_name = '{{ column_name }}' and shown.{{ column_name }} = names.value
where shown.{{ column_name }} is not null and names.value is null
{% endtest %}
