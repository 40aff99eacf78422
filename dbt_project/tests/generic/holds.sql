{#-
    All that a table and its columns say they hold, in one query: `rules` in the meta of the table and of each column (see
    macros/rules/broken_rules.sql). A row names a rule and a value that breaks it.

    - after: models that rules refer to and that are not read by the table itself, so that they are built before it is asked.
-#}
{% test holds(model, after=[]) %}
{{ broken_rules(model, ["named"], are_left_out=true) }}
{% endtest %}
