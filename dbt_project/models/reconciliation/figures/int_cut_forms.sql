-- Forms that lost their end: neither the row that closes every whole form of their kind nor another total is printed.
select
    forms.form_id,
    forms.document_id,
    forms.form_key,
    form_types.closing_line
from {{ ref('stg_forms') }} as forms
inner join {{ ref('forms') }} as form_types
    on forms.form_key = form_types.form_key and form_types.closing_line is not null
semi join {{ ref('stg_lines') }} as lines on forms.form_id = lines.form_id
anti join {{ ref('stg_lines') }} as closing
    on
        forms.form_id = closing.form_id
        and (form_types.closing_line = closing.line_key or closing.row_kind = 'total')
