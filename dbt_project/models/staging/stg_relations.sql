-- Generated from extract/records by python -m orchestration.columns: change it there.
select
    relation_id,
    document_id,
    kind,
    claim_id,
    direction,
    is_from_budget,
    not_asked_because,
    quantity,
    page_no,
    line_no
from {{ current_rows('relations') }}
