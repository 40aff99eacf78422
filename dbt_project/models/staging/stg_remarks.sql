-- Generated from extract/records by python -m orchestration.columns: change it there.
select
    remark_id,
    document_id,
    form_id,
    kind,
    section,
    subject,
    compared_with,
    text,
    year,
    page_no,
    line_no
from {{ current_rows('remarks') }}
