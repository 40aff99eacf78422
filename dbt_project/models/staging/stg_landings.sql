{%- set manifest = source('lake', 'manifest') -%}
{%- if execute and touched_rows(model.name) is not none -%}
    {%- set manifest = 'build_state.touched_documents' -%}
{%- endif -%}
select
    landed.document_id,
    landed.uri,
    landed.file_name,
    landed.found_at,
    landed.found_no,
    landed.link_text,
    landed.published_on,
    landed.published_as,
    landed.link_publisher,
    landed.link_year,
    landed.link_stage,
    landed.file_publisher,
    landed.file_year,
    landed.file_stage
from {{ source('lake', 'landings') }} as landed
-- what was landed and is not staged yet is not in the warehouse
semi join {{ manifest }} as known on landed.document_id = known.document_id and known.batch is not null
