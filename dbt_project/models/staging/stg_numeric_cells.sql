-- Generated from extract/records by python -m orchestration.columns: change it there.
select
    document_id,
    form_id,
    page_no,
    line_no,
    field_no,
    printed_text,
    destination,
    confidence,
    bbox_left,
    bbox_top,
    bbox_right,
    bbox_bottom
from {{ current_rows('numeric_cells') }}
