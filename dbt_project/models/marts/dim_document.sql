with places as (
    select
        document_id,
        arg_max(uri, found_no) as uri,
        min(found_at) as found_at
    from {{ ref('stg_landings') }}
    group by document_id
)

select
    documents.document_id,
    documents.file_name,
    documents.media_type,
    documents.encoding,
    documents.publisher_name,
    documents.publisher_name_from,
    documents.publisher_certainty,
    documents.parent_name,
    documents.document_level,
    documents.document_level_from,
    documents.document_kind,
    documents.government_tier,
    documents.government_tier_from,
    documents.region,
    documents.province,
    documents.city,
    documents.county,
    documents.region_code,
    documents.fiscal_year,
    documents.fiscal_year_from,
    documents.fiscal_year_certainty,
    documents.stage,
    documents.stage_from,
    documents.stage_certainty,
    documents.scope,
    documents.scope_from,
    documents.secrecy_review,
    documents.approval_review,
    documents.is_template,
    documents.page_count,
    documents.extractor_version,
    documents.status,
    documents.failure_reason,
    places.uri,
    places.found_at,
    versions.version_no,
    versions.superseded_by,
    versions.superseded_by is not null as is_superseded,
    disclosures.disclosure_id,
    disclosures.disclosure_role,
    disclosures.disclosure_role_because,
    disclosures.edition_of,
    disclosures.is_in_force
from {{ ref('int_identified_documents') }} as documents
inner join {{ ref('int_document_versions') }} as versions on documents.document_id = versions.document_id
inner join {{ ref('int_disclosures') }} as disclosures on documents.document_id = disclosures.document_id
left join places on documents.document_id = places.document_id
