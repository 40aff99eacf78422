{#-
    A query of `rule` and `value`: what in a relation breaks the rules that the properties of its model or seed state, one
    rule after the other. Its columns say in `meta.rules` what holds of each:

    - unique, never_null, named (a code that seeds.value_names has words for)
    - one_of: [codes]
    - refers_to: model.column, where each value is found

    and the table itself what holds of several of them:

    - no_empty_text: what is not printed is NULL, so that "not printed" has one spelling
    - unique_together: [columns], in which NULL equals NULL
    - years_apart: [columns], the years of validity of one thing do not overlap
    - codes_under_listed_ones: {digits: [lengths], within: [columns]}

    with `where`, the rows that it is about, and `means`, the rule in words.

    - relation: the rows to look at; those of touched documents in a build of what changed.
    - kinds: which rules, or with `are_left_out` which not.
-#}
{%- macro broken_rules(relation, kinds, are_left_out=false) -%}
{%- if not execute -%}
    {%- do return('select 1 as rule') -%}
{%- endif -%}
{%- set table = graph.nodes[model.attached_node] -%}
{%- set queries = [] -%}
{%- for rule in rules_of(table) if (rule.kind in kinds) != are_left_out -%}
    {%- do queries.append(broken_rule(relation, rule)) -%}
{%- endfor -%}
{%- if not queries -%}
    {%- do exceptions.raise_compiler_error(table.name ~ " states no rule of the kinds that are asked") -%}
{%- endif -%}
{{ queries | join("\nunion all\n") }}
{%- endmacro -%}

{#- The rules of a table and its columns, each {kind, columns, is, where, means}; `is` what the rule says beside its kind. -#}
{%- macro rules_of(table) -%}
{%- set rules = [] -%}
{%- for rule in table.config.meta.rules or [] -%}
    {%- if rule is string -%}
        {%- do rules.append({"kind": rule, "columns": []}) -%}
    {%- else -%}
        {%- set kind = rule.keys() | reject("in", ["where", "means"]) | first -%}
        {%- set columns = rule[kind] if rule[kind] is not mapping else rule[kind].within or [] -%}
        {%- do rules.append(
            {"kind": kind, "columns": columns, "is": rule[kind], "where": rule.where, "means": rule.means}
        ) -%}
    {%- endif -%}
{%- endfor -%}
{%- for column in table.columns.values() -%}
    {%- for rule in column.meta.rules or [] -%}
        {%- set kind = rule if rule is string else rule.keys() | first -%}
        {%- do rules.append(
            {"kind": kind, "columns": [column.name], "is": rule[kind] if rule is mapping else none}
        ) -%}
    {%- endfor -%}
{%- endfor -%}
{%- do return(rules) -%}
{%- endmacro -%}

{%- macro broken_rule(relation, rule) -%}
{%- set asked = context.get(rule.kind ~ "_is_broken") -%}
{%- if not asked -%}
    {%- do exceptions.raise_compiler_error("no rule of a table is called " ~ rule.kind) -%}
{%- endif -%}
{%- set rows = "(from " ~ relation ~ " where " ~ rule.where ~ ")" if rule.where else relation -%}
{%- set said = rule.means or (
    (rule.columns | join(", ") ~ " " if rule.columns else "") ~ rule.kind | replace("_", " ")
    ~ (" " ~ rule.is if rule.is is string else "")
) -%}
select
    '{{ said }}' as rule,
    broken.value
from (
    {{ asked(rows, rule) | indent }}
) as broken (value)
{%- endmacro -%}
