{#-
    Writes what properties say of tables and columns into the database, for whoever opens it: the same as dbt's
    `persist_docs`, which asks for the columns of each table and costs a sixth of a build, in one question and one
    answer. A table that is made anew has no comments; one whose rows were exchanged has kept them.
-#}
{%- macro describe_tables() -%}
{%- set untold = {} -%}
{%- for row in run_query(columns_without_comment()).rows -%}
    {%- do untold.setdefault(row[0], []).append(row[1]) -%}
{%- endfor -%}
{%- set comments = [] -%}
{%- for node in graph.nodes.values() if node.resource_type in ('model', 'seed') -%}
    {%- set relation = api.Relation.create(database=target.database, schema=node.schema, identifier=node.alias) -%}
    {%- set columns = untold.get(node.schema ~ '.' ~ node.alias) -%}
    {%- if columns and node.description -%}
        {%- do comments.append('comment on table ' ~ relation ~ ' is ' ~ duckdb_escape_comment(node.description)) -%}
    {%- endif -%}
    {%- for column in node.columns.values() if columns and column.name in columns and column.description -%}
        {%- do comments.append(
            'comment on column ' ~ relation ~ '.' ~ adapter.quote(column.name)
            ~ ' is ' ~ duckdb_escape_comment(column.description)
        ) -%}
    {%- endfor -%}
{%- endfor -%}
{%- if comments -%}
    {%- do run_query((['begin'] + comments + ['commit']) | join(';\n')) -%}
{%- endif -%}
{%- endmacro -%}

{%- macro columns_without_comment() -%}
select
    tables.schema_name || '.' || tables.table_name as table_name,
    columns.column_name
from duckdb_tables() as tables
inner join duckdb_columns() as columns using (table_oid, database_oid)
where
    tables.database_name = current_database()
    and tables.comment is null
    and columns.comment is null
{%- endmacro -%}
