{#-
    The rows of one staged table that are in force: those of the batch that the manifest names for their
    document. Rows of superseded batches stay in the lake until it is compacted, and are not read here.
-#}
{%- macro current_rows(table) -%}
(
    select staged.*
    from {{ source('lake', table) }} as staged
    semi join {{ source('lake', 'manifest') }} as manifest
        on staged.document_id = manifest.document_id and staged.batch = manifest.batch
)
{%- endmacro -%}
