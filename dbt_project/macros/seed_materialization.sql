{#-
    A seed that somebody selects; a run loads all of them before it builds anything (load_seeds.sql). dbt's own way parses each
    file in Python first, only to learn its columns.
-#}
{%- materialization seed, adapter='duckdb' -%}
    {%- do store_result('agate_table', response='OK') -%} {#- that dbt shows on request: empty -#}
    {{ run_hooks(pre_hooks) }}
    {%- call statement('main') -%}
        {{ seed_as_table(model, own_rows(model)) }}
    {%- endcall -%}
    {{ run_hooks(post_hooks) }}
    {%- do adapter.commit() -%}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{%- endmaterialization -%}
