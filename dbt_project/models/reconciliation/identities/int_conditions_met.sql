-- What is so in a document, of the conditions under which some rules hold alone.
with revenue_kinds (condition, form_key, line_key, label) as (
    values
    ('only_fiscal', 'budget_revenue_expenditure_summary', 'fiscal_appropriation', null),
    ('only_general_public', 'budget_fiscal_appropriation_summary', null, '一般公共预算拨款')
),

revenue_in_all as (
    select
        documents.document_id,
        documents.document_role,
        documents.publisher_own_units,
        cells.value_yuan
    from {{ ref('int_documents') }} as documents
    inner join {{ ref('int_lines') }} as lines
        on
            documents.document_id = lines.document_id
            and lines.form_key = 'budget_revenue_expenditure_summary'
            and lines.side_key = 'revenue'
            and lines.line_key = 'grand_total'
    inner join {{ ref('int_cells') }} as cells
        on lines.line_id = cells.line_id and cells.cell_state = 'printed' and cells.is_own
    where documents.publisher_own_units is not null
),

-- documents that print money carried in or out: what is received there is not what is spent
with_carry as (
    select distinct cells.document_id
    from {{ ref('int_cells') }} as cells
    inner join {{ ref('int_lines') }} as lines on cells.line_id = lines.line_id
    where
        cells.cell_state = 'printed'
        and cells.is_own
        and cells.value_yuan != 0
        and (lines.line_key = 'carry' or cells.fund = 'carry_in' or cells.measure in ('carry_in', 'carry_out'))
)

select
    'no_carry' as condition,
    documents.document_id
from {{ ref('stg_documents') }} as documents
anti join with_carry on documents.document_id = with_carry.document_id
union all
select
    kinds.condition,
    lines.document_id
from {{ ref('int_lines') }} as lines
inner join {{ ref('int_cells') }} as cells on lines.line_id = cells.line_id
inner join revenue_kinds as kinds on lines.form_key = kinds.form_key
where
    lines.side_key = 'revenue'
    and cells.cell_state = 'printed'
    and cells.is_own
    and (
        lines.line_key in ('grand_total', 'current_total')
        or lines.line_key = kinds.line_key
        or lines.label_plain = kinds.label
    )
group by kinds.condition, lines.document_id
having
    count(distinct cells.value_yuan) = 1
    and bool_or(coalesce(lines.line_key, '') in ('grand_total', 'current_total'))
    and bool_or(coalesce(lines.line_key, '') not in ('grand_total', 'current_total'))
union all
-- a department whose unit of the same name has all of its revenue
select
    'own_unit_is_whole' as condition,
    departments.document_id
from revenue_in_all as departments
inner join revenue_in_all as units
    on
        departments.publisher_own_units = units.publisher_own_units
        and departments.document_role = 'department'
        and units.document_role = 'unit'
        and departments.value_yuan = units.value_yuan
