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
    {%- do statements.append(seed_as_table(node)) -%}
{%- endfor -%}
{%- do run_query(statements | unique | join(';\n')) -%}
{%- do return('') -%}
{%- endmacro -%}

{#- A statement that makes the table of one list, with the types that its properties name. -#}
{%- macro seed_as_table(node) -%}
{%- set types = [] -%}
{%- for column, type in node.config.column_types.items() -%}
    {%- do types.append("'" ~ column ~ "': '" ~ type ~ "'") -%}
{%- endfor -%}
create or replace table {{ api.Relation.create(database=target.database, schema=node.schema, identifier=node.alias) }} as
from read_csv(
    '{{ adapter.get_seed_file_path(node) | replace("'", "''") }}',
    header = true, delim = '{{ node.config.delimiter or ',' }}', quote = '"', escape = '"', strict_mode = true,
    types = {{ '{' }}{{ types | join(', ') }}{{ '}' }} {#- by the names in the file, in whatever order they stand #}
)
{%- endmacro -%}
