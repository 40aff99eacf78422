-- The long table of terms: which printed (or blank) cell stands in which identity, with which sign.
with candidates as (
    select
        terms.rule_id,
        terms.term_no,
        terms.sign,
        terms.is_required,
        cells.*,
        lines.doubt is not null as is_doubtful,
        -- what holds the terms of one identity together
        case terms.match_on
            when 'line' then cells.line_id
            when 'cell' then cells.cell_id
            when 'parent_cell' then lines.parent_line_id || 'C' || cells.col_no
            when 'repeated_cell' then lines.repeats_line_id || 'C' || cells.col_no
            when 'side_column' then concat_ws('|', cells.form_id, cells.side_no, cells.col_no)
            when 'form_fund' then concat_ws('|', cells.form_id, cells.fund)
            when 'document' then cells.document_id
            when 'document_measure' then concat_ws('|', cells.document_id, cells.measure)
            when
                'document_code'
                then cells.document_id || '|' || lines.code || coalesce('/' || lines.economic_code_government, '')
            when 'document_label' then cells.document_id || '|' || lines.label_plain
            when 'document_government_class' then cells.document_id || '|' || lines.government_class
        end as match_key
    from {{ ref('int_cells') }} as cells
    inner join {{ ref('int_lines') }} as lines on cells.line_id = lines.line_id
    inner join {{ ref('int_line_roles') }} as roles on cells.line_id = roles.line_id
    inner join {{ ref('int_rule_terms') }} as terms
        on
            cells.form_key = terms.form_key
            and roles.line_role = terms.line_role
            and coalesce(cells.side_key = terms.side_key, true)
            and coalesce(terms.line_key = coalesce(lines.line_key, ''), true)
            and coalesce(terms.label = coalesce(lines.label_plain, ''), true)
            and coalesce(terms.parent_label = coalesce(lines.parent_label, ''), true)
            and coalesce(terms.code_digits = coalesce(length(lines.code), 0), true)
            and coalesce(terms.measure = coalesce(cells.measure, ''), true)
            and coalesce(terms.fund = coalesce(cells.fund, ''), true)
)

select
    rule_id || ':' || match_key as identity_id,
    rule_id,
    term_no,
    sign,
    is_required,
    document_id,
    form_id,
    form_key,
    line_id,
    cell_id,
    amount_id,
    amount_text,
    unit,
    measure,
    row_label,
    page_no,
    line_no,
    cell_state,
    value_yuan,
    last_digit_yuan,
    is_doubtful
from candidates
where match_key is not null
