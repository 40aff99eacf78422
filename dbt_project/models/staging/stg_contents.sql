-- Generated from extract/records by python -m orchestration.columns: change it there.
select
    document_id,
    entry_no,
    printed_number,
    printed_title,
    form_key,
    declared_blank,
    blank_reason,
    page_no,
    line_no
from {{ current_rows('contents') }}
