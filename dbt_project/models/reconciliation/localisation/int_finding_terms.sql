-- The figures of each equation that does not hold, or holds by rounding alone, where they are printed: what reports and
-- reconciliation.evidence show of a finding.
with terms as (
    select
        findings.finding_id,
        findings.cause_id,
        terms.identity_id,
        terms.term_no,
        terms.sign,
        terms.weight,
        terms.document_id,
        terms.page_no,
        terms.line_no,
        amounts.field_no,
        terms.form_id,
        terms.form_key,
        terms.line_id,
        terms.cell_id,
        terms.cell_state,
        terms.amount_id,
        terms.amount_text,
        terms.unit,
        terms.measure,
        terms.value_yuan,
        terms.contribution_yuan,
        terms.row_label,
        cells.side_no,
        cells.col_no,
        {{ printed_box('amounts') }} as box,
        suspects.cell_id is not null
        or coalesce(terms.amount_id = findings.suspected_amount_id, false) as is_suspected,
        coalesce(
            suspects.suggested_text,
            case when terms.amount_id = findings.suspected_amount_id then findings.suggested_text end
        ) as meant_text
    from {{ ref('fct_findings') }} as findings
    inner join {{ ref('int_identity_terms') }} as terms on findings.identity_id = terms.identity_id
    left join {{ ref('stg_amounts') }} as amounts on terms.amount_id = amounts.amount_id
    left join {{ ref('int_cells') }} as cells on terms.cell_id = cells.cell_id
    left join {{ ref('int_suspects') }} as suspects
        on terms.cell_id = suspects.cell_id and (findings.severity = 'rounding') = suspects.is_rounding
),

-- where the row of a blank cell meets its column, by the figures printed in both
forms_with_blanks as (
    select distinct form_id
    from terms
    where amount_text is null and form_id is not null
),

boxed as (
    select
        amounts.form_id,
        amounts.line_id,
        amounts.side_no,
        amounts.col_no,
        amounts.bbox_left,
        amounts.bbox_top,
        amounts.bbox_right,
        amounts.bbox_bottom
    from {{ ref('stg_amounts') }} as amounts
    semi join forms_with_blanks on amounts.form_id = forms_with_blanks.form_id
    where amounts.bbox_left is not null
),

heights as (
    select
        line_id,
        min(bbox_top) as top,
        max(bbox_bottom) as bottom
    from boxed
    group by line_id
),

widths as (
    select
        form_id,
        side_no,
        col_no,
        min(bbox_left) as x0,
        max(bbox_right) as x1
    from boxed
    group by form_id, side_no, col_no
)

select
    terms.finding_id,
    terms.cause_id,
    terms.identity_id,
    terms.term_no,
    terms.sign,
    terms.weight,
    terms.document_id,
    terms.page_no,
    terms.line_no,
    terms.field_no,
    coalesce(
        terms.box,
        case
            when terms.amount_text is null and widths.x0 is not null and heights.top is not null
                then struct_pack(x0 := widths.x0, top := heights.top, x1 := widths.x1, bottom := heights.bottom)
        end
    ) as box,
    terms.form_id,
    terms.cell_id,
    terms.amount_id,
    terms.amount_text as printed_text,
    terms.unit,
    terms.value_yuan,
    terms.row_label,
    columns.column_path,
    case when terms.form_id is not null then forms.printed_title end as form_title,
    terms.is_suspected,
    terms.meant_text,
    terms.form_key,
    terms.cell_state,
    terms.measure,
    terms.contribution_yuan
from terms
left join {{ ref('stg_forms') }} as forms on terms.form_id = forms.form_id
left join {{ ref('stg_columns') }} as columns
    on terms.form_id = columns.form_id and terms.side_no = columns.side_no and terms.col_no = columns.col_no
left join heights on terms.line_id = heights.line_id
left join widths
    on terms.form_id = widths.form_id and terms.side_no = widths.side_no and terms.col_no = widths.col_no
