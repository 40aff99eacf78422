-- Generated from extract/records by python -m orchestration.columns: change it there.
select
    form_id,
    document_id,
    side_no,
    col_no,
    column_path,
    measure,
    fund,
    budget_version,
    column_year,
    nature,
    part_of_col
from {{ current_rows('columns') }}
