with places as (
    select
        document_id,
        arg_max(uri, found_no) as uri,
        min(found_at) as found_at
    from {{ ref('stg_landings') }}
    group by document_id
)

select
    {{ columns_from(
        documents='int_identified_documents',
        versions='int_document_versions',
        disclosures='int_disclosures'
    ) }},
    places.uri,
    places.found_at,
    versions.superseded_by is not null as is_superseded
from {{ ref('int_identified_documents') }} as documents
inner join {{ ref('int_document_versions') }} as versions on documents.document_id = versions.document_id
inner join {{ ref('int_disclosures') }} as disclosures on documents.document_id = disclosures.document_id
left join places on documents.document_id = places.document_id
