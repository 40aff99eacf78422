{#-
    Decides, before anything is built, what this build is about: everything, or the documents that changed since the
    last complete build and those that are compared with them. The schema `build_state` holds the decision and outlives
    the build:

    - complete_build: the fingerprint of the project that the last complete build was made by. No row, no such build.
    - built_documents: the documents, batches and places (where each document was found) that it was made of.
    - planned_documents: those of the build that is going on.
    - touched_documents: the documents whose rows this build makes anew. `was_built` says that older rows may be there;
      `batch` is NULL for a withdrawn document.
    - unfinished_documents: those of builds that did not come to their end. They are marked before anything is changed
      and touched by each build until one is complete, so a build may be killed anywhere.
    - document_groups: which documents are compared with each other, for models that are built in parts.
    - builds: one row about this build, for whoever wants to tell of it. `follows` is the complete build whose rows of all
      documents but the touched ones it has; publishing needs to copy no more than theirs.

    The schema `touched` holds, while such a build runs, the rows of touched documents of every model; without it, models
    are built of everything.
-#}
{%- macro plan_build() -%}
{%- if not execute -%}
    {%- do return('') -%}
{%- endif -%}
{%- do run_query('drop schema if exists touched cascade') -%}
{%- if flags.WHICH not in ('run', 'build') -%}
    {%- do return('') -%}
{%- endif -%}
{%- do run_query(new_plan()) -%}
{%- set why_everything = why_everything_is_built() -%}
{%- if not why_everything -%}
    {%- do run_query(touched_by_changes()) -%}
    {%- if run_query(share_of_touched()).rows[0][0] > var('most_touched_pct') -%}
        {%- set why_everything = 'most documents changed' -%}
    {%- endif -%}
{%- endif -%}
{%- if why_everything -%}
    {%- do run_query(mark_everything(why_everything)) -%}
{%- else -%}
    {%- do run_query(mark_touched()) -%}
{%- endif -%}
{#- dbt remembers what is in a schema from the first time it looks. That is now, while nobody else looks: of two threads
    that look first, one is told that there is nothing yet. -#}
{%- do touched_rows('int_document_links') -%}
{%- do return('') -%}
{%- endmacro -%}

{#- The models of which there is a table; an ephemeral one is part of the queries of others. -#}
{%- macro built_models() -%}
{%- do return(
    graph.nodes.values()
    | selectattr('resource_type', 'equalto', 'model')
    | rejectattr('config.materialized', 'equalto', 'ephemeral')
    | list
) -%}
{%- endmacro -%}

{#- A model as the last build left it, or a seed; a hook has no `ref`. -#}
{%- macro built_relation(name) -%}
{%- set node = node_of(name) -%}
{%- do return(api.Relation.create(database=target.database, schema=node.schema, identifier=node.alias)) -%}
{%- endmacro -%}

{#- What dbt knows of a model or a seed. -#}
{%- macro node_of(name) -%}
{%- do return(graph.nodes.get('model.' ~ project_name ~ '.' ~ name) or graph.nodes['seed.' ~ project_name ~ '.' ~ name]) -%}
{%- endmacro -%}

{%- macro new_plan() -%}
create schema if not exists build_state;
create table if not exists build_state.complete_build (fingerprint varchar);
create table if not exists build_state.built_documents (document_id varchar, batch varchar);
alter table build_state.built_documents add column if not exists places varchar;
create table if not exists build_state.unfinished_documents (document_id varchar);
create or replace table build_state.planned_documents as
select
    manifest.document_id,
    manifest.batch,
    coalesce(found.places, '') as places
from {{ source('lake', 'manifest') }} as manifest
left join (
    select
        document_id,
        md5(string_agg(concat_ws(' ', found_no, file_name, uri, link_text), ' ' order by uri)) as places
    from {{ source('lake', 'landings') }}
    group by document_id
) as found on manifest.document_id = found.document_id;
create or replace table build_state.touched_documents (document_id varchar, batch varchar, was_built boolean);
create table if not exists build_state.builds (invocation_id varchar, is_complete boolean);
alter table build_state.builds add column if not exists follows varchar;
{%- endmacro -%}

{#- In words, why no build of what changed will do; none when it will. -#}
{%- macro why_everything_is_built() -%}
{%- if flags.FULL_REFRESH -%}
    {%- do return('asked for') -%}
{%- endif -%}
{%- set complete = run_query('select fingerprint from build_state.complete_build').rows -%}
{%- if not complete -%}
    {%- do return('no complete build is there') -%}
{%- elif complete[0][0] != project_fingerprint() -%}
    {%- do return('the dbt project changed') -%}
{%- endif -%}
{%- set expected = [] -%}
{%- for node in built_models() -%}
    {%- do expected.append("('" ~ node.schema ~ "', '" ~ node.alias ~ "')") -%}
{%- endfor -%}
{%- set missing -%}
from (values {{ expected | join(', ') }}) as expected (schema_name, table_name)
anti join duckdb_tables() as tables
    on
        expected.schema_name = tables.schema_name
        and expected.table_name = tables.table_name
        and tables.database_name = current_database()
{%- endset -%}
{%- if run_query(missing).rows -%}
    {%- do return('a table is missing') -%}
{%- endif -%}
{%- endmacro -%}

{#- Fills touched_documents with what changed and all that is linked with it, by its links of before and of now. -#}
{%- macro touched_by_changes() -%}
insert into build_state.touched_documents
with recursive changed as (
    select document_id
    from build_state.planned_documents as planned
    anti join build_state.built_documents as built using (document_id, batch, places)
    union
    select document_id
    from build_state.built_documents as built
    anti join build_state.planned_documents as planned using (document_id)
    union
    select document_id from build_state.unfinished_documents
),

new_links as (
    {{ document_links(
        changed_rows('documents'), changed_rows('lines'), changed_landings(), built_relation('int_rule_terms')
    ) }}
),

links as (
    select * from {{ built_relation('int_document_links') }}
    union
    select * from new_links
),

linked as (
    select document_id from changed
    union
    select theirs.document_id
    from linked
    inner join links as own on linked.document_id = own.document_id
    inner join links as theirs on own.name = theirs.name and (own.is_publisher or theirs.is_publisher)
)

select
    linked.document_id,
    planned.batch,
    built.document_id is not null or unfinished.document_id is not null as was_built
from linked
left join build_state.planned_documents as planned on linked.document_id = planned.document_id
left join build_state.built_documents as built on linked.document_id = built.document_id
left join (select distinct document_id from build_state.unfinished_documents) as unfinished
    on linked.document_id = unfinished.document_id;
{%- endmacro -%}

{#- A subquery with the staged rows of the documents that are in another batch than before. -#}
{%- macro changed_rows(table) -%}
{%- set batches -%}
select distinct batch
from build_state.planned_documents
anti join build_state.built_documents using (document_id, batch)
{%- endset -%}
(
    select staged.*
    from {{ source('lake', table) }} as staged
    semi join (
        from build_state.planned_documents anti join build_state.built_documents using (document_id, batch)
    ) as changed
        on staged.document_id = changed.document_id and staged.batch = changed.batch
    where staged.batch in {{ sql_list(run_query(batches).columns[0].values()) }}
)
{%- endmacro -%}

{#- A subquery with the addresses of the documents that are new, or were found somewhere else than before. -#}
{%- macro changed_landings() -%}
(
    select landed.*
    from {{ source('lake', 'landings') }} as landed
    semi join (
        from build_state.planned_documents anti join build_state.built_documents using (document_id, places)
    ) as changed
        on landed.document_id = changed.document_id
)
{%- endmacro -%}

{#- A list of texts for `in`, with something in it even if there are none. -#}
{%- macro sql_list(texts) -%}
('{{ texts | map('replace', "'", "''") | join("', '") }}')
{%- endmacro -%}

{%- macro share_of_touched() -%}
select 100.0 * count(touched.document_id) / greatest(count(*), 1) as touched_pct
from build_state.planned_documents as planned
full join build_state.touched_documents as touched on planned.document_id = touched.document_id
{%- endmacro -%}

{#- From here until the end of a complete build, a build that starts makes everything anew. -#}
{%- macro mark_everything(why) -%}
begin;
delete from build_state.complete_build;
delete from build_state.touched_documents;
{{ tell_of_build(why) }}
commit;
{%- endmacro -%}

{%- macro mark_touched() -%}
begin;
insert into build_state.unfinished_documents
select document_id from build_state.touched_documents;
{{ tell_of_build(none) }}
create schema touched;
{%- for node in built_models() if node.config.materialized == 'incremental' %}
create view touched.{{ adapter.quote(node.name) }} as
from {{ adapter.quote(node.schema) }}.{{ adapter.quote(node.alias) }}
where document_id in (select document_id from build_state.touched_documents);
{%- endfor %}
commit;
{%- endmacro -%}

{%- macro tell_of_build(why_everything) -%}
create or replace table build_state.builds as
select
    '{{ invocation_id }}' as invocation_id,
    {{ "'" ~ why_everything ~ "'" if why_everything else 'null::varchar' }} as why_everything,
    (select count(*) from build_state.planned_documents) as documents,
    (
        select count(*)
        from build_state.{{ 'planned_documents' if why_everything else 'touched_documents' }}
    ) as touched_documents,
    {%- if why_everything %}
    null::varchar as follows,
    {%- else %}
    -- What a build left that did not come to its end is touched by this one too.
    (select case when is_complete then invocation_id else follows end from build_state.builds) as follows,
    {%- endif %}
    false as is_complete;
{%- endmacro -%}
