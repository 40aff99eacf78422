-- Forms that lost their end: neither the row that closes every whole form of their kind nor another total is printed.
with closed_forms as (
    select distinct lines.form_id
    from {{ ref('stg_lines') }} as lines
    inner join {{ ref('stg_forms') }} as forms on lines.form_id = forms.form_id
    inner join {{ ref('forms') }} as form_types on forms.form_key = form_types.form_key
    where lines.line_key = form_types.closing_line or lines.row_kind = 'total'
)

select
    forms.form_id,
    forms.document_id,
    forms.form_key,
    form_types.closing_line
from {{ ref('stg_forms') }} as forms
inner join {{ ref('forms') }} as form_types
    on forms.form_key = form_types.form_key and form_types.closing_line is not null
semi join {{ ref('stg_lines') }} as lines on forms.form_id = lines.form_id
anti join closed_forms on forms.form_id = closed_forms.form_id
