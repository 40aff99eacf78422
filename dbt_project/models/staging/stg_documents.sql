select
    document_id,
    file_name,
    media_type,
    encoding,
    publisher_name,
    publisher_name_from,
    parent_name,
    region,
    fiscal_year,
    stage,
    scope,
    extractor_version,
    status,
    failure_reason,
    numeric_cell_count
from {{ current_rows('documents') }}
