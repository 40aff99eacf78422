{#-
    Names every value of a column of codes (a rule `named`) that seeds.value_names has no words for. A warning: that a word
    is missing is no reason to hold back figures.
-#}
{% test names_its_codes(model) %}
{{ config(severity = "warn") }}
-- depends_on: {{ ref("value_names") }}
{{ broken_rules(model, ["named"]) }}
{% endtest %}
