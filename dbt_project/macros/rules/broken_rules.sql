{#-
    A query of `table_name`, `rule` and `value`: what in some tables breaks the rules that their properties state, one table and
    one rule after the other. Columns say in `meta.rules` what holds of each:

    - unique, never_null, named (a code that seeds.value_names has words for)
    - one_of: [codes]
    - refers_to: model.column, where each value is found

    and the table itself what holds of several of them:

    - no_empty_text: what is not printed is NULL, so that "not printed" has one spelling
    - unique_together: [columns], in which NULL equals NULL
    - years_apart: [columns], the years of validity of one thing do not overlap
    - codes_under_listed_ones: {digits: [lengths], within: [columns]}

    with `where`, the rows that it is about, and `means`, the rule in words.

    - names: models and seeds. Of a model that is built by document the rows of touched documents are asked in a build of what
      changed, of others all.
    - kinds: which rules, or with `are_left_out` which not.
-#}
{%- macro broken_rules(names, kinds, are_left_out=false) -%}
{%- for name in names if not execute -%}
    {%- do builtins.ref(name) -%} {#- so that dbt asks when all of them are built -#}
{%- endfor -%}
{%- if not execute -%}
    {%- do return('select 1 as rule') -%}
{%- endif -%}
{%- set queries = [] -%}
{%- for name in names -%}
    {%- set table = node_of(name) -%}
    {%- set relation = touched_rows(name) if is_built_by_document(name) else none -%}
    {%- set asked = [] -%}
    {%- for rule in rules_of(table) if (rule.kind in kinds) != are_left_out -%}
        {%- do asked.append(broken_rule(name, relation or built_relation(name), rule)) -%}
    {%- endfor -%}
    {%- if not asked -%}
        {%- do exceptions.raise_compiler_error(name ~ " states no rule of the kinds that are asked") -%}
    {%- endif -%}
    {%- do queries.extend(asked) -%}
{%- endfor -%}
{{ queries | join("\nunion all\n") }}
{%- endmacro -%}

{#- Names of the seeds that state any rule. -#}
{%- macro seeds_with_rules() -%}
{%- set found = [] -%}
{%- for node in (graph.nodes.values() if execute else []) if node.resource_type == 'seed' and rules_of(node) -%}
    {%- do found.append(node.name) -%}
{%- endfor -%}
{%- do return(found) -%}
{%- endmacro -%}

{#- The rules of a table and its columns, each {kind, columns, is, where, means, of}; `is` what the rule says beside its
    kind, `of` the node of the table. -#}
{%- macro rules_of(table) -%}
{%- set rules = [] -%}
{%- for rule in table.config.meta.rules or [] -%}
    {%- if rule is string -%}
        {%- do rules.append({"kind": rule, "columns": [], "of": table}) -%}
    {%- else -%}
        {%- set kind = rule.keys() | reject("in", ["where", "means"]) | first -%}
        {%- set columns = rule[kind] if rule[kind] is not mapping else rule[kind].within or [] -%}
        {%- do rules.append(
            {"kind": kind, "columns": columns, "is": rule[kind], "where": rule.where, "means": rule.means, "of": table}
        ) -%}
    {%- endif -%}
{%- endfor -%}
{%- for column in table.columns.values() -%}
    {%- for rule in column.meta.rules or [] -%}
        {%- set kind = rule if rule is string else rule.keys() | first -%}
        {%- do rules.append(
            {"kind": kind, "columns": [column.name], "is": rule[kind] if rule is mapping else none, "of": table}
        ) -%}
    {%- endfor -%}
{%- endfor -%}
{%- do return(rules) -%}
{%- endmacro -%}

{%- macro broken_rule(name, relation, rule) -%}
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
    '{{ name }}' as table_name,
    '{{ said }}' as rule,
    broken.value
from (
    {{ asked(rows, rule) | indent }}
) as broken (value)
{%- endmacro -%}
