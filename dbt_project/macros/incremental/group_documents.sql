{#-
    Puts documents that are compared with each other, directly or by way of others, into one group: after each build of
    int_document_links, for models that are built in parts (build_in_parts.sql). A group is named by the first of its
    documents; one that is compared with nothing is a group of its own.
-#}
{%- macro group_documents() -%}
{%- if execute -%}
create or replace table build_state.document_groups as
with recursive compared as (
    select distinct
        own.document_id,
        theirs.document_id as partner_id
    from {{ this }} as own
    inner join {{ this }} as theirs
        on own.name = theirs.name and own.document_id != theirs.document_id and (own.is_publisher or theirs.is_publisher)
),

groups (document_id, group_id) using key (document_id) as (
    select
        document_id,
        document_id as group_id
    from {{ built_relation('stg_documents') }}
    union
    select
        compared.partner_id as document_id,
        min(groups.group_id) as group_id
    from groups
    inner join compared on groups.document_id = compared.document_id
    inner join recurring.groups as known on compared.partner_id = known.document_id and groups.group_id < known.group_id
    group by compared.partner_id
)

select
    document_id,
    group_id
from groups
{%- endif -%}
{%- endmacro -%}
