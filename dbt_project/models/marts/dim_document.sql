select
    document_id,
    file_name,
    media_type,
    encoding,
    publisher_name,
    parent_name,
    region,
    fiscal_year,
    stage,
    scope,
    extractor_version,
    status,
    failure_reason
from {{ ref('stg_documents') }}
