-- Generated from extract/records by python -m orchestration.columns: change it there.
select
    count_id,
    document_id,
    section,
    topic,
    count_key,
    subject,
    as_of,
    count_text,
    unit,
    quantity,
    part_of,
    form_id,
    page_no,
    line_no,
    field_no
from {{ current_rows('counts') }}
