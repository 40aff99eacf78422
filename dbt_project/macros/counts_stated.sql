{#-
    The counts of one topic (staffing, assets) that explanations state, with whose and of which year they are:
    the whole of a fact table, since the facts differ in nothing but their topic.
-#}
{%- macro counts_stated(topic) -%}
select
    counts.count_id,
    counts.document_id,
    documents.publisher_name,
    documents.fiscal_year,
    documents.stage,
    counts.section,
    counts.count_key,
    counts.subject,
    counts.count_text,
    counts.unit,
    counts.quantity,
    counts.page_no,
    counts.line_no
from {{ ref('stg_counts') }} as counts
inner join {{ ref('int_identified_documents') }} as documents on counts.document_id = documents.document_id
inner join {{ ref('int_disclosures') }} as disclosures
    on counts.document_id = disclosures.document_id and disclosures.is_in_force
where counts.topic = '{{ topic }}' and counts.form_id is null
{%- endmacro -%}
