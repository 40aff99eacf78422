{#-
    A table that is too large to be made in one go is inserted in parts. DuckDB cannot put the lists of a `list()` on
    disk while it groups, so a model that makes long ones takes memory by its rows; in parts, it takes that of one part.

    A model that says in its `meta` of what it has its rows (`in_parts_by: a model it refers to`) asks each of its inputs
    for `in_part(key)` alone, with a key that keeps together what belongs together. Elsewhere, as in unit tests, that is
    every row.
-#}
{%- macro in_part(key) -%}
hash({{ key }}) % /* parts */ 1 = /* part */ 0
{%- endmacro -%}

{%- macro duckdb__create_table_as(temporary, relation, compiled_code, language='sql', partitioned_by=none, sorted_by=none) -%}
{%- set rows_in_a_part = var('rows_in_a_part', 2000000) -%}
{%- set in_parts_by = config.get('meta', {}).get('in_parts_by') -%}
{%- set parts = 1 -%}
{%- if in_parts_by -%}
    {%- set parts = 1 + run_query('select count(*) from ' ~ ref(in_parts_by))[0][0] // rows_in_a_part -%}
{%- endif -%}
{%- set whole = '% /* parts */ 1 = /* part */ 0' -%}
{{ dbt.duckdb__create_table_as(
    temporary,
    relation,
    compiled_code.replace(whole, '% ' ~ parts ~ ' = 0'),
    language,
    partitioned_by=partitioned_by,
    sorted_by=sorted_by
) }}
{%- for part in range(1, parts) %}
insert into {{ relation.include(database=not temporary, schema=not temporary) }} {{ get_column_names() }} (
    {{ get_select_subquery(compiled_code.replace(whole, '% ' ~ parts ~ ' = ' ~ part)) }}
);
{%- endfor -%}
{%- endmacro -%}
