{#-
    The rows of one staged table that are in force: those of the batch that the manifest names for their
    document. Rows of superseded batches stay in the lake until it is compacted, and are not read here. In a build
    of what changed, only the batches of touched documents are opened.
-#}
{%- macro current_rows(table) -%}
{%- set is_of_changes = execute and reads_touched_rows() and touched_rows(model.name) is not none -%}
(
    select staged.*
    from {{ source('lake', table) }} as staged
    {%- if is_of_changes %}
    semi join build_state.touched_documents as manifest
    {%- else %}
    semi join {{ source('lake', 'manifest') }} as manifest
    {%- endif %}
        on staged.document_id = manifest.document_id and staged.batch = manifest.batch
    {%- if is_of_changes %}
    {%- set batches = run_query(
        'select distinct batch from build_state.touched_documents where batch is not null'
    ).columns[0].values() %}
    where staged.batch in {{ sql_list(batches) }}
    {%- endif %}
)
{%- endmacro -%}
