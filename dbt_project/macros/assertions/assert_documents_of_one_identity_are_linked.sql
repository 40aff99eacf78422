{%- macro assert_documents_of_one_identity_are_linked() -%}
with terms as (
    select
        identity_id,
        rule_id,
        document_id as asked_of,
        unnest(list_distinct(list_transform(terms, term -> term.document_id))) as document_id
    from {{ ref('identity_results') }}
),

between_documents as (
    select * from terms
    where identity_id in (
        select others.identity_id from terms as others
        where others.document_id != others.asked_of
    )
),

-- by their own names or by those of the units that they list
linked as (
    select distinct
        own.document_id,
        theirs.document_id as partner_id
    from {{ ref('int_document_links') }} as own
    inner join {{ ref('int_document_links') }} as theirs
        on
            own.name = theirs.name
            and (own.is_publisher or theirs.is_publisher)
            and own.document_id != theirs.document_id
)

select
    one.identity_id,
    one.rule_id,
    one.document_id
from between_documents as one
inner join between_documents as other on one.identity_id = other.identity_id and one.document_id != other.document_id
left join linked on one.document_id = linked.document_id and other.document_id = linked.partner_id
group by one.identity_id, one.rule_id, one.document_id
having count(linked.partner_id) = 0
{%- endmacro -%}
