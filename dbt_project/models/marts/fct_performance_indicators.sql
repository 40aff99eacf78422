select
    indicators.indicator_id,
    indicators.document_id,
    documents.publisher_name,
    documents.fiscal_year,
    documents.stage,
    indicators.form_id,
    indicators.form_key,
    indicators.part_no,
    indicators.subject,
    indicators.level_1,
    indicators.level_2,
    indicators.level_3,
    indicators.indicator,
    indicators.target_text,
    indicators.comparator,
    indicators.target_number,
    indicators.target_number_high,
    indicators.target_unit,
    indicators.actual_text,
    indicators.actual_number,
    indicators.actual_unit,
    indicators.is_quantitative,
    indicators.is_achieved,
    indicators.weight_text,
    indicators.score_text,
    indicators.note_text,
    indicators.page_no,
    indicators.line_no
from {{ ref('stg_indicators') }} as indicators
inner join {{ ref('int_identified_documents') }} as documents on indicators.document_id = documents.document_id
inner join {{ ref('int_disclosures') }} as disclosures
    on indicators.document_id = disclosures.document_id and disclosures.is_in_force
inner join {{ ref('stg_forms') }} as forms on indicators.form_id = forms.form_id
-- The placeholders of a template are nobody's target.
where not forms.is_template
