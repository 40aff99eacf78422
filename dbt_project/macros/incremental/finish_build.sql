{#-
    Records that a build is complete: every model of the project was built and every test that was asked passed. Anything
    else (a failure, a selection, a kill) leaves the documents marked as unfinished; see plan_build.sql.
-#}
{%- macro finish_build(results) -%}
{%- if not execute -%}
    {%- do return('') -%}
{%- endif -%}
{%- do run_query('drop schema if exists touched cascade') -%}
{%- if flags.WHICH not in ('run', 'build') -%}
    {%- do return('') -%}
{%- endif -%}
{%- do describe_tables() -%}
{%- set built = [] -%}
{%- for result in results -%}
    {%- if result.status not in ('success', 'pass', 'warn') -%}
        {%- do return('') -%}
    {%- elif result.node.resource_type == 'model' -%}
        {%- do built.append(result.node.unique_id) -%}
    {%- endif -%}
{%- endfor -%}
{%- for node in built_models() if node.unique_id not in built -%}
    {%- do return('') -%}
{%- endfor -%}
{%- do run_query(mark_complete()) -%}
{%- do return('') -%}
{%- endmacro -%}

{%- macro mark_complete() -%}
begin;
delete from build_state.built_documents;
insert into build_state.built_documents
from build_state.planned_documents;
delete from build_state.unfinished_documents;
delete from build_state.complete_build;
insert into build_state.complete_build values ('{{ project_fingerprint() }}');
update build_state.builds set is_complete = true where invocation_id = '{{ invocation_id }}';
commit;
{%- endmacro -%}
