-- Which documents were replaced at their address by a later version of the same thing: the same publisher's, of the
-- same year and stage. Another year's file under the old address is another document, and one that cannot be read
-- replaces nothing; a document that could not be read is replaced by any that can be.
with addresses as (
    select
        landings.document_id,
        {{ same_address('landings.uri') }} as uri,
        landings.found_no,
        documents.status = 'read' as is_read,
        documents.publisher_name,
        documents.fiscal_year,
        documents.stage
    from {{ ref('stg_landings') }} as landings
    inner join {{ ref('int_identified_documents') }} as documents on landings.document_id = documents.document_id
),

pairs as (
    select
        earlier.document_id as earlier_id,
        earlier.uri,
        later.document_id as later_id,
        later.found_no as later_no
    from addresses as earlier
    inner join addresses as later
        on
            earlier.uri = later.uri
            and earlier.found_no < later.found_no
            and later.is_read
            and (
                not earlier.is_read
                or (
                    earlier.publisher_name is not distinct from later.publisher_name
                    and earlier.fiscal_year is not distinct from later.fiscal_year
                    and earlier.stage is not distinct from later.stage
                )
            )
),

-- the newest at each address; a document that is still found somewhere is in force
newest as (
    select
        addresses.document_id,
        addresses.uri,
        arg_max(pairs.later_id, pairs.later_no) as later_id,
        max(pairs.later_no) as later_no
    from addresses
    left join pairs on addresses.document_id = pairs.earlier_id and addresses.uri = pairs.uri
    group by addresses.document_id, addresses.uri
),

superseded as (
    select
        document_id,
        arg_max(later_id, later_no) as superseded_by
    from newest
    group by document_id
    having bool_and(later_id is not null)
),

numbered as (
    select
        later_id as document_id,
        count(distinct earlier_id) as earlier_versions
    from pairs
    group by later_id
)

select
    documents.document_id,
    superseded.superseded_by,
    coalesce(numbered.earlier_versions, 0) + 1 as version_no
from {{ ref('int_identified_documents') }} as documents
left join superseded on documents.document_id = superseded.document_id
left join numbered on documents.document_id = numbered.document_id
