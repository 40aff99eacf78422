{#-
    Every list of `seeds/` into its table, in one step before anything is built. As nodes of their own each would cost dbt a
    tenth of a second and four events, for a millisecond of work.
-#}
{%- macro load_seeds() -%}
{%- if not execute or flags.WHICH not in ('run', 'build', 'seed') -%}
    {%- do return('') -%}
{%- endif -%}
{%- set statements = [] -%}
{%- for node in graph.nodes.values() if node.resource_type == 'seed' -%}
    {%- do statements.append('create schema if not exists ' ~ adapter.quote(node.schema)) -%}
    {%- do statements.append(seed_as_table(node, own_rows(node))) -%}
{%- endfor -%}
{%- do statements.append(decided_under_former_rules()) -%}
{%- do run_query(statements | unique | join(';\n')) -%}
{%- do return('') -%}
{%- endmacro -%}

{#- A statement that lets what was decided about a rule of an earlier version be about the one that asks its question now. -#}
{%- macro decided_under_former_rules() -%}
{%- set schema = adapter.quote(graph.nodes['seed.disclosures.acknowledgements'].schema) -%}
update {{ schema }}.acknowledgements
set rule_id = former.now_rule_id
from {{ schema }}.former_rules as former
where acknowledgements.rule_id = former.rule_id
{%- endmacro -%}

{#- The files of the home that have further rows of a seed: of decisions, which people take about its documents. -#}
{%- macro own_rows(node) -%}
{%- if node.fqn[1] != 'decisions' -%}
    {%- do return([]) -%}
{%- endif -%}
{%- set file = env_var('DISCLOSURES_HOME', 'warehouse') ~ '/decisions/' ~ node.name ~ '.csv' -%}
{%- do return(run_query("select file from glob('" ~ file | replace("'", "''") ~ "')").columns[0].values()) -%}
{%- endmacro -%}

{#-
    A statement that makes the table of one list, with the types that its properties name.

    - more: files with further rows, whose columns may stand in another order.
-#}
{%- macro seed_as_table(node, more=[]) -%}
{%- set files = [] -%}
{%- for file in [adapter.get_seed_file_path(node)] + more | list -%}
    {%- do files.append("'" ~ file | replace("'", "''") ~ "'") -%}
{%- endfor -%}
{%- set types = [] -%}
{%- for column, type in node.config.column_types.items() -%}
    {%- do types.append("'" ~ column ~ "': '" ~ type ~ "'") -%}
{%- endfor -%}
create or replace table {{ api.Relation.create(database=target.database, schema=node.schema, identifier=node.alias) }} as
from read_csv(
    [{{ files | join(', ') }}], union_by_name = true,
    header = true, delim = '{{ node.config.delimiter or ',' }}', quote = '"', escape = '"', strict_mode = true,
    types = {{ '{' }}{{ types | join(', ') }}{{ '}' }} {#- by the names in the file, in whatever order they stand #}
)
{%- endmacro -%}
