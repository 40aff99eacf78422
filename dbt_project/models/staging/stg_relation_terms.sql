-- Generated from extract/records by python -m orchestration.columns: change it there.
select
    relation_id,
    document_id,
    term_no,
    role,
    claim_id
from {{ current_rows('relation_terms') }}
