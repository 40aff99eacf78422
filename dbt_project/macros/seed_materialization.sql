{#-
    A seed is read by DuckDB alone, with the types that its properties name. dbt's own way parses each file in Python
    first, only to learn its columns, and asks the catalogue for each: most of the time that a build of few documents
    spends on vocabulary.
-#}
{%- materialization seed, adapter='duckdb' -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set types = [] -%}
    {%- for column, type in config.get('column_types').items() -%}
        {%- do types.append("'" ~ column ~ "': '" ~ type ~ "'") -%}
    {%- endfor -%}
    {%- do store_result('agate_table', response='OK') -%} {#- that dbt shows on request: empty -#}
    {{ run_hooks(pre_hooks) }}
    {%- call statement('main') -%}
        create or replace table {{ target_relation }} as
        from read_csv(
            '{{ adapter.get_seed_file_path(model) | replace("'", "''") }}',
            header = true, delim = '{{ config.get('delimiter', ',') }}', quote = '"', escape = '"', strict_mode = true,
            types = {{ '{' }}{{ types | join(', ') }}{{ '}' }} {#- by the names in the file, in whatever order they stand #}
        )
    {%- endcall -%}
    {{ run_hooks(post_hooks) }}
    {%- do adapter.commit() -%}
    {{ return({'relations': [target_relation]}) }}
{%- endmaterialization -%}
