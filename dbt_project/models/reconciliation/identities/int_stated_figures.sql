-- Amounts whose coordinate is known throughout, once for each form that states them: what the questions that any layout
-- is asked are about.
with figures as (
    select
        coordinates.*,
        documents.reconciled_as,
        forms.form_no,
        cells.value_yuan,
        cells.last_digit_yuan,
        cells.cell_state = 'unit_missing' as has_no_unit,
        -- what we may have misread, or are not sure of, accuses nobody
        coalesce(forms.certainty >= 0.8 and forms.form_key is not null and forms.unit_source = 'printed', false)
        and cells.doubt is null
        and lines.doubt is null as is_certain,
        -- what is received and what is spent with the balances are one figure, on the two sides of one form
        case when coordinates.flow = 'turnover' then coordinates.side_no end as side
    from {{ ref('int_amount_coordinates') }} as coordinates
    inner join {{ ref('int_documents') }} as documents
        on coordinates.document_id = documents.document_id and documents.document_role != 'government'
    inner join {{ ref('int_cells') }} as cells on coordinates.cell_id = cells.cell_id
    inner join {{ ref('stg_lines') }} as lines on cells.line_id = lines.line_id
    inner join {{ ref('stg_forms') }} as forms on coordinates.form_id = forms.form_id
    where
        coordinates.is_stated_as_such
        and {{ coordinate_is_known('coordinates') }}
        and cells.cell_state in ('printed', 'dash', 'unit_missing')
),

-- a form that gives one coordinate several figures was misunderstood by us: it states none of them
once as (
    select min(cell_id) as cell_id
    from figures
    group by reconciled_as, {{ coordinate_columns() }}, form_id, side
    having min(value_yuan) = max(value_yuan)
)

select
    figures.cell_id,
    figures.document_id,
    figures.reconciled_as,
    figures.form_id,
    figures.form_no,
    figures.side_no,
    figures.col_no,
    {{ coordinate_columns('figures') }},
    figures.function_code = 'all' and figures.economic_code = 'all' and figures.economic_code_government = 'all'
        as is_of_all,
    figures.is_kind_assumed,
    figures.is_certain,
    figures.has_no_unit,
    figures.value_yuan,
    figures.last_digit_yuan
from figures
inner join once on figures.cell_id = once.cell_id
