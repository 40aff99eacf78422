select
    amount_id,
    document_id,
    publisher_name,
    fiscal_year,
    stage,
    form_id,
    form_key,
    line_id,
    code,
    name,
    row_kind,
    is_leaf,
    -- Final accounts print both rows; a budget prints one figure, which is the budgeted one.
    case
        when line_key in ('budgeted', 'actual') then line_key
        when stage = 'budget' then 'budgeted'
    end as basis,
    column_path,
    measure,
    amount_text,
    unit,
    amount_yuan,
    corrected_yuan,
    trust,
    page_no,
    line_no,
    field_no,
    row_no,
    col_no
from {{ ref('int_published_amounts') }}
where form_fact = 'three_public'
