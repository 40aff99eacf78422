select
    document_id,
    form_id,
    page_no,
    line_no,
    field_no,
    printed_text,
    destination
from {{ current_rows('numeric_cells') }}
