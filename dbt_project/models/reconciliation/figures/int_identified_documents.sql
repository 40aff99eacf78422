-- Documents, with what they do not say of themselves taken from the names under which they were found: the words of
-- links first, then the names of files, of all places of a document together. Nothing is taken where these disagree.
with said as (
    select
        document_id,
        unnest([
            {'source': 'link_text', 'weight': 2, 'publisher': link_publisher, 'year': link_year, 'stage': link_stage},
            {'source': 'file_name', 'weight': 1, 'publisher': file_publisher, 'year': file_year, 'stage': file_stage}
        ]) as said
    from {{ ref('stg_landings') }}
),

statements as (
    select
        document_id,
        said.source as source,
        said.weight as weight,
        unnest([
            {'fact': 'publisher', 'value': said.publisher},
            {'fact': 'year', 'value': said.year::varchar},
            {'fact': 'stage', 'value': said.stage}
        ]) as stated
    from said
),

weighed as (
    select
        document_id,
        stated.fact as fact,
        stated.value as value,
        sum(weight) as weight,
        arg_max(source, weight) as source
    from statements
    where stated.value is not null
    group by document_id, stated.fact, stated.value
),

believed as (
    select
        document_id,
        fact,
        arg_max(value, weight) as value,
        arg_max(source, weight) as source
    from weighed
    group by document_id, fact
    -- what two names say with the same weight is not known
    having count(*) = 1 or max(weight) > list_sort(list(weight), 'desc')[2]
),

heard as (
    select
        document_id,
        max(value) filter (fact = 'publisher') as publisher,
        max(source) filter (fact = 'publisher') as publisher_from,
        max(value) filter (fact = 'year') as year,
        max(source) filter (fact = 'year') as year_from,
        max(value) filter (fact = 'stage') as stage,
        max(source) filter (fact = 'stage') as stage_from
    from believed
    group by document_id
)

select
    documents.* replace (
        coalesce(documents.publisher_name, regexp_replace(heard.publisher, '\((本级|机关|汇总)\)$', ''))
            as publisher_name,
        coalesce(documents.publisher_name_from, heard.publisher_from) as publisher_name_from,
        coalesce(documents.fiscal_year, heard.year::bigint) as fiscal_year,
        coalesce(documents.fiscal_year_from, heard.year_from) as fiscal_year_from,
        coalesce(documents.stage, heard.stage) as stage,
        coalesce(documents.stage_from, heard.stage_from) as stage_from
    )
from {{ ref('stg_documents') }} as documents
-- of what is no disclosure, and of a blank set of forms, nothing is asked
left join heard
    on documents.document_id = heard.document_id and documents.status = 'read' and not documents.is_template
