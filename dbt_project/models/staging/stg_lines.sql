-- Generated from extract/records by python -m orchestration.columns: change it there.
select
    line_id,
    form_id,
    document_id,
    form_key,
    side_no,
    side_key,
    row_no,
    page_no,
    line_no,
    row_label,
    label_plain,
    row_kind,
    line_key,
    outline_level,
    code,
    economic_code_government,
    code_name,
    detail,
    doubt
from {{ current_rows('lines') }}
