-- Documents, with what they do not say of themselves taken from the names under which they were found: the words of
-- links first, then the names of files, of all places of a document together. Nothing is taken where these disagree.
with said as (
    select
        landings.document_id,
        unnest([
            struct_pack(source := 'link_text', weight := 2, fact := 'publisher', value := landings.link_publisher),
            struct_pack(source := 'link_text', weight := 2, fact := 'year', value := landings.link_year::varchar),
            struct_pack(source := 'link_text', weight := 2, fact := 'stage', value := landings.link_stage),
            struct_pack(source := 'file_name', weight := 1, fact := 'publisher', value := landings.file_publisher),
            struct_pack(source := 'file_name', weight := 1, fact := 'year', value := landings.file_year::varchar),
            struct_pack(source := 'file_name', weight := 1, fact := 'stage', value := landings.file_stage)
        ]) as stated
    from {{ ref('stg_landings') }} as landings
),

weighed as (
    select
        said.document_id,
        said.stated.fact as fact_name,
        said.stated.value as fact_value,
        sum(said.stated.weight) as weight,
        arg_max(said.stated.source, said.stated.weight) as source_name
    from said
    where said.stated.value is not null
    group by said.document_id, said.stated.fact, said.stated.value
),

believed as (
    select
        document_id,
        fact_name,
        arg_max(fact_value, weight) as fact_value,
        arg_max(source_name, weight) as source_name
    from weighed
    group by document_id, fact_name
    -- what two names say with the same weight is not known
    having count(*) = 1 or max(weight) > list_sort(list(weight), 'desc')[2]
),

-- of what is no disclosure, and of a blank set of forms, nothing is asked
asked as (
    select document_id
    from {{ ref('stg_documents') }}
    where status = 'read' and not is_template
),

heard as (
    select
        believed.document_id,
        max(believed.fact_value) filter (believed.fact_name = 'publisher') as publisher,
        max(believed.source_name) filter (believed.fact_name = 'publisher') as publisher_from,
        max(believed.fact_value) filter (believed.fact_name = 'year') as year_text,
        max(believed.source_name) filter (believed.fact_name = 'year') as year_from,
        max(believed.fact_value) filter (believed.fact_name = 'stage') as stage,
        max(believed.source_name) filter (believed.fact_name = 'stage') as stage_from
    from believed
    semi join asked on believed.document_id = asked.document_id
    group by believed.document_id
)

select
    documents.document_id,
    documents.file_name,
    documents.media_type,
    documents.encoding,
    coalesce(documents.publisher_name, regexp_replace(heard.publisher, '\((本级|机关|汇总)\)$', '')) as publisher_name,
    coalesce(documents.publisher_name_from, heard.publisher_from) as publisher_name_from,
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
    coalesce(documents.fiscal_year, heard.year_text::bigint) as fiscal_year,
    coalesce(documents.fiscal_year_from, heard.year_from) as fiscal_year_from,
    documents.fiscal_year_certainty,
    coalesce(documents.stage, heard.stage) as stage,
    coalesce(documents.stage_from, heard.stage_from) as stage_from,
    documents.stage_certainty,
    documents.scope,
    documents.scope_from,
    documents.secrecy_review,
    documents.approval_review,
    documents.extractor_version,
    documents.status,
    documents.failure_reason,
    documents.numeric_cell_count,
    documents.is_template,
    documents.page_count
from {{ ref('stg_documents') }} as documents
left join heard on documents.document_id = heard.document_id
