-- Every figure of every edition, also of those that are not used: the other facts have the editions in force alone.
select
    contents.amount_id,
    contents.document_id,
    disclosures.disclosure_id,
    disclosures.disclosure_role,
    disclosures.edition_of,
    disclosures.is_in_force,
    documents.publisher_name,
    documents.fiscal_year,
    documents.stage,
    contents.kind,
    contents.content_key,
    contents.form_key,
    contents.place,
    contents.amount_text,
    contents.amount_yuan
from {{ ref('int_document_contents') }} as contents
inner join {{ ref('int_identified_documents') }} as documents on contents.document_id = documents.document_id
inner join {{ ref('int_disclosures') }} as disclosures on contents.document_id = disclosures.document_id
