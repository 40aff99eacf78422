-- Generated from extract/records by python -m orchestration.columns: change it there.
select
    form_id,
    document_id,
    form_no,
    form_key,
    recognised_by,
    certainty,
    printed_number,
    printed_title,
    unit_text,
    unit,
    unit_source,
    subject,
    is_blank,
    is_template,
    is_illegible,
    declared_in_contents,
    declared_blank,
    blank_reason,
    first_page,
    first_line
from {{ current_rows('forms') }}
