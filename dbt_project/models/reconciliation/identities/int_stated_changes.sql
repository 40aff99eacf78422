-- A column of changes is this year's amount less that of the year before, row by row, on any layout. Asked where a
-- side has one column of changes, one of totals of its own year and one of another.
with columns as (
    select
        columns.form_id,
        columns.side_no,
        columns.col_no,
        columns.nature = 'change' as is_change,
        coalesce(columns.nature, 'figure') = 'figure' and columns.measure = 'total' and own.form_id is null
            as is_before,
        coalesce(columns.nature, 'figure') = 'figure' and columns.measure = 'total' and own.form_id is not null
            as is_after
    from {{ ref('stg_columns') }} as columns
    left join {{ ref('int_own_columns') }} as own
        on columns.form_id = own.form_id and columns.side_no = own.side_no and columns.col_no = own.col_no
),

sides as (
    select
        form_id,
        side_no,
        max(col_no) filter (is_change) as change_col,
        max(col_no) filter (is_before) as before_col,
        max(col_no) filter (is_after) as after_col
    from columns
    group by form_id, side_no
    having count(*) filter (is_change) = 1 and count(*) filter (is_before) = 1 and count(*) filter (is_after) = 1
),

changes_of_rows as (
    select
        changes.document_id,
        changes.form_id,
        changes.line_id,
        sides.change_col,
        sides.before_col,
        sides.after_col,
        coalesce(changes.amount_yuan, 0) as change_yuan,
        changes.amount_yuan is null or 'unit_missing' in (afters.cell_state, befores.cell_state) as has_no_unit,
        coalesce(afters.value_yuan, 0) as after_yuan,
        coalesce(befores.value_yuan, 0) as before_yuan,
        forms.certainty >= 0.8
        and forms.form_key is not null
        and forms.unit_source = 'printed'
        and coalesce(changes.doubt, afters.doubt, befores.doubt) is null as is_certain,
        {{ rounding('coalesce(changes.last_digit_yuan, 0)') }} + {{ rounding('coalesce(afters.last_digit_yuan, 0)') }}
        + {{ rounding('coalesce(befores.last_digit_yuan, 0)') }} as rounding_yuan
    from sides
    inner join {{ ref('stg_forms') }} as forms on sides.form_id = forms.form_id
    inner join {{ ref('stg_amounts') }} as changes
        on
            sides.form_id = changes.form_id
            and sides.side_no = changes.side_no
            and sides.change_col = changes.col_no
            and changes.amount_kind != 'dash'
    inner join {{ ref('int_cells') }} as afters
        on changes.line_id = afters.line_id and sides.after_col = afters.col_no
    inner join {{ ref('int_cells') }} as befores
        on changes.line_id = befores.line_id and sides.before_col = befores.col_no
    where afters.cell_state != 'rejected' and befores.cell_state != 'rejected'
),

-- a column of changes that is seldom the difference of the two is not the change between them
agreeing as (
    select
        form_id,
        count(distinct change_yuan) filter (
            change_yuan != 0 and abs(after_yuan - before_yuan - change_yuan) <= rounding_yuan
        ) as rows_equal,
        count(*) filter (abs(after_yuan - before_yuan - change_yuan) > rounding_yuan) as rows_apart,
        count(*) as rows_asked
    from changes_of_rows
    where not has_no_unit
    group by form_id
)

select
    'figure.change:' || changes_of_rows.line_id as identity_id,
    changes_of_rows.document_id,
    changes_of_rows.line_id,
    changes_of_rows.line_id || 'C' || changes_of_rows.after_col as after_cell_id,
    changes_of_rows.line_id || 'C' || changes_of_rows.before_col as before_cell_id,
    changes_of_rows.line_id || 'C' || changes_of_rows.change_col as change_cell_id,
    coalesce(changes_of_rows.is_certain, false) as is_certain,
    case
        when changes_of_rows.has_no_unit then 'unit_missing'
        when agreeing.rows_equal < 2 or 4 * agreeing.rows_apart > agreeing.rows_asked then 'coordinate_unproven'
    end as not_asked_because
from changes_of_rows
left join agreeing on changes_of_rows.form_id = agreeing.form_id
