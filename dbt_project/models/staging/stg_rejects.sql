select
    document_id,
    form_id,
    page_no,
    line_no,
    field_no,
    printed_text,
    reason_code,
    hint
from {{ current_rows('rejects') }}
