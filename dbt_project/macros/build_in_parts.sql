{#-
    A table that is too large to be made in one go is inserted in parts. DuckDB cannot put the lists of a `list()` on
    disk while it groups, and what it can put there takes many times as long; in parts, a table takes the memory of one.

    A model says in its `meta` by the rows of which model it is cut (`in_parts_by`). A part is some of the documents, with
    all that they are compared with (build_state.document_groups), and of each model that is built by document it reads
    the rows of these: see incremental/ref.sql. It has to come after int_document_links, which knows who is compared.
-#}
{%- macro rows_of_part(relation) -%}
(select * from {{ relation }} where {{ is_of_part() }})
{%- endmacro -%}

{%- macro is_of_part() -%}
document_id in (select document_id from build_state.document_groups where hash(group_id) % /* parts */ 1 = /* part */ 0)
{%- endmacro -%}

{%- macro duckdb__create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none) -%}
{%- set rows_in_a_part = var('rows_in_a_part', 2000000) -%}
{%- set in_parts_by = config.get('meta', {}).get('in_parts_by') -%}
{%- set parts = 1 -%}
{%- if in_parts_by and is_of_part() in compiled_code -%}
    {%- set parts = 1 + run_query('select count(*) from ' ~ builtins.ref(in_parts_by))[0][0] // rows_in_a_part -%}
{%- endif -%}
{{ dbt.duckdb__create_table_as(
    temporary,
    relation,
    compiled_code.replace(is_of_part(), code_of_part(parts, 0)),
    language,
    partitioned_by=partitioned_by,
    sorted_by=sorted_by
) }}
{%- for part in range(1, parts) %}
insert into {{ relation }} {{ get_column_names() }} (
    {{ get_select_subquery(compiled_code.replace(is_of_part(), code_of_part(parts, part))) }}
);
{%- endfor -%}
{%- endmacro -%}

{#- The condition of one part of several; one part is everything. -#}
{%- macro code_of_part(parts, part) -%}
{%- if parts == 1 -%}
true
{%- else -%}
{{ is_of_part().replace('/* parts */ 1 = /* part */ 0', parts ~ ' = ' ~ part) }}
{%- endif -%}
{%- endmacro -%}
