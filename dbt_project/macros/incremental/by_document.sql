{#-
    The incremental strategy `by_document`: takes the rows of the touched documents out of a model and puts their new rows
    in. A document that was withdrawn has no new rows; rows of documents that are not touched stay as they are, whatever
    the model says of them. The new rows stay where models that follow can read them, so that none of them has to search
    the whole table.
-#}
{%- macro get_incremental_by_document_sql(arguments) -%}
{%- set columns = get_quoted_csv(arguments.dest_columns | map(attribute='name')) -%}
drop view if exists touched.{{ adapter.quote(model.name) }};
create table touched.{{ adapter.quote(model.name) }} as
select {{ columns }} from {{ arguments.temp_relation }}
where document_id in (select document_id from build_state.touched_documents);
delete from {{ arguments.target_relation }}
where document_id in (select document_id from build_state.touched_documents where was_built);
insert into {{ arguments.target_relation }} ({{ columns }})
select {{ columns }} from touched.{{ adapter.quote(model.name) }}
{%- endmacro -%}
