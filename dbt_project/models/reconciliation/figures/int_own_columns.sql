-- The money columns that state what the document itself is about: amounts of its own year, in the version of its stage.
-- What stands beside them for comparison (上年执行数, 增减额, 年初预算数) is another coordinate: it is kept in staging,
-- and is in no sum and no equation with them. Forms that compare versions (三公, self-evaluations) name them in their
-- measures or rows.
-- A column of which the rows prove that it is part of such a column is one as well, whatever its header seems to say:
-- what is left from last year (上年滚存) is part of this year's money.
with said as (
    select
        columns.document_id,
        columns.form_id,
        columns.side_no,
        columns.col_no
    from {{ ref('stg_columns') }} as columns
    inner join {{ ref('int_identified_documents') }} as documents on columns.document_id = documents.document_id
    inner join {{ ref('stg_forms') }} as forms on columns.form_id = forms.form_id
    left join {{ ref('forms') }} as form_types on forms.form_key = form_types.form_key
    where
        coalesce(columns.nature, 'figure') = 'figure'
        and coalesce(columns.column_year, 'current') in ('current', coalesce(documents.fiscal_year::varchar, 'current'))
        and (
            columns.budget_version is null
            or documents.stage is null
            or coalesce(form_types.fact = 'three_public' or form_types.layout = 'performance', false)
            or case documents.stage
                when 'budget' then columns.budget_version = 'budget'
                else columns.budget_version in ('final', 'execution')
            end
        )
)

select
    document_id,
    form_id,
    side_no,
    col_no
from said
union
select
    parts.document_id,
    parts.form_id,
    parts.side_no,
    parts.col_no
from {{ ref('stg_columns') }} as parts
inner join said
    on parts.form_id = said.form_id and parts.side_no = said.side_no and parts.part_of_col = said.col_no
