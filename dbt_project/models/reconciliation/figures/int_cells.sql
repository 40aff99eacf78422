-- Every place where a line and a money column of its form cross, printed or not: what identities are made of.
-- A spreadsheet drops the zeros at the end: among figures with two decimals 140 means 140.00, not 139.5 to 140.5; but
-- where it stores 140.23 and shows 140, that is what 140 means.
with usual_digits as (
    select * from {{ usual_last_digits() }}
),

-- columns that the rows of their form prove to be the sum of others
wholes as (
    select distinct
        form_id,
        side_no,
        part_of_col as col_no
    from {{ ref('stg_columns') }}
    where part_of_col is not null
),

rejected_lines as (
    select distinct
        document_id,
        page_no,
        line_no
    from {{ ref('stg_rejects') }}
)

select
    lines.line_id || 'C' || columns.col_no as cell_id,
    lines.line_id,
    lines.document_id,
    lines.form_id,
    lines.form_key,
    lines.side_no,
    lines.side_key,
    columns.col_no,
    -- the same column in the next of several tables side by side, which go on with one list
    dense_rank() over (partition by columns.form_id, columns.side_no order by columns.col_no)::integer as column_rank,
    columns.part_of_col,
    wholes.form_id is not null as is_whole_of_row,
    columns.measure,
    columns.fund,
    -- of the document's own year and version; what stands beside that for comparison is in equations of its form alone
    own.form_id is not null as is_own,
    form_types.fund as form_fund,
    amounts.amount_id,
    amounts.amount_text,
    amounts.unit,
    amounts.confidence,
    amounts.doubt,
    lines.row_label,
    lines.page_no,
    lines.line_no,
    case
        when amounts.amount_kind = 'dash' then 'dash'
        when amounts.amount_id is not null and amounts.amount_yuan is null then 'unit_missing'
        when amounts.amount_id is not null then 'printed'
        when rejected_lines.document_id is not null then 'rejected'
        else 'blank'
    end as cell_state,
    -- a blank or a dash beside printed figures means nothing, so zero, in the arithmetic of a form
    coalesce(corrections.corrected_yuan, amounts.amount_yuan, 0)::decimal(20, 2) as value_yuan,
    coalesce(
        case
            when amounts.stored_text is not null and amounts.doubt is null then amounts.last_digit_yuan
            else least(amounts.last_digit_yuan, usual_digits.usual_last_digit_yuan)
        end, 0
    )::decimal(20, 2) as last_digit_yuan
from {{ ref('int_lines') }} as lines
inner join {{ ref('stg_columns') }} as columns
    on
        lines.form_id = columns.form_id
        and lines.side_no = columns.side_no
        and coalesce(columns.nature, 'figure') = 'figure'
left join {{ ref('int_own_columns') }} as own
    on columns.form_id = own.form_id and columns.side_no = own.side_no and columns.col_no = own.col_no
left join wholes
    on columns.form_id = wholes.form_id and columns.side_no = wholes.side_no and columns.col_no = wholes.col_no
left join {{ ref('stg_amounts') }} as amounts
    on lines.line_id = amounts.line_id and columns.col_no = amounts.col_no
left join {{ ref('int_corrections') }} as corrections on amounts.amount_id = corrections.amount_id
left join usual_digits on amounts.form_id = usual_digits.form_id and amounts.unit = usual_digits.unit
left join {{ ref('forms') }} as form_types on lines.form_key = form_types.form_key
left join rejected_lines
    on
        lines.document_id = rejected_lines.document_id
        and lines.page_no is not distinct from rejected_lines.page_no
        and lines.line_no = rejected_lines.line_no
