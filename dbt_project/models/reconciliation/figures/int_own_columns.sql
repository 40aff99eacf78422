-- The money columns that state what the document itself is about: amounts of its own year, in the version of its stage.
-- What stands beside them for comparison (上年执行数, 增减额, 年初预算数) is another coordinate: it is kept in staging,
-- and is in no sum and no equation with them. Forms that compare versions (三公, self-evaluations) name them in their
-- measures or rows.
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
