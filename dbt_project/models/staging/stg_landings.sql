{%- set is_of_changes = execute and touched_rows(model.name) is not none -%}
select
    landed.document_id,
    landed.uri,
    landed.file_name,
    landed.found_at,
    landed.found_no
from {{ source('lake', 'landings') }} as landed
-- what was landed and is not staged yet is not in the warehouse
{% if is_of_changes -%}
semi join build_state.touched_documents as known on landed.document_id = known.document_id and known.batch is not null
{%- else -%}
semi join {{ source('lake', 'manifest') }} as known on landed.document_id = known.document_id
{%- endif %}
