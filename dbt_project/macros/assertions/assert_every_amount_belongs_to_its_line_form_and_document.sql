{%- macro assert_every_amount_belongs_to_its_line_form_and_document() -%}
select
    amounts.amount_id,
    amounts.line_id,
    amounts.form_id,
    amounts.document_id
from {{ ref('stg_amounts') }} as amounts
left join {{ ref('stg_lines') }} as lines on amounts.line_id = lines.line_id
left join {{ ref('stg_forms') }} as forms on amounts.form_id = forms.form_id
left join {{ ref('stg_documents') }} as documents on amounts.document_id = documents.document_id
where
    documents.document_id is null
    or forms.document_id is distinct from amounts.document_id
    or forms.form_key is distinct from amounts.form_key
    or lines.form_id is distinct from amounts.form_id
    or lines.document_id is distinct from amounts.document_id
    or lines.side_no is distinct from amounts.side_no
    or lines.row_no is distinct from amounts.row_no
{%- endmacro -%}
