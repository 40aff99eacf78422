-- Which document is what of which disclosure, and why: the one document of it, an edition that says the same, a part
-- that was published apart, or a version that was replaced. Of editions one is chosen: the one with most figures, then
-- with fewest rejects, then with fewest figures that were recognised in a picture, then by its format, then the one
-- that was found first.
with recursive

documents as (
    select
        documents.document_id,
        documents.publisher_name,
        documents.fiscal_year,
        documents.stage,
        -- a level or a scope that a document does not print is that of the widest one beside it
        coalesce(
            documents.document_level,
            case when documents.parent_name is not null then 'unit' end,
            min(documents.document_level) over same_year
        ) as document_level,
        coalesce(documents.scope, min(documents.scope) over same_year) as scope,
        documents.document_kind,
        list_position(
            [
                'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.ms-excel',
                'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/msword',
                'text/html', 'text/plain', 'application/pdf',
            ],
            documents.media_type
        ) as format_rank
    from {{ ref('int_identified_documents') }} as documents
    inner join {{ ref('int_document_versions') }} as versions
        on documents.document_id = versions.document_id and versions.superseded_by is null
    where documents.status = 'read' and not documents.is_template
    window same_year as (partition by documents.publisher_name, documents.fiscal_year, documents.stage)
),

found as (
    select
        document_id,
        min(found_no) as found_no
    from {{ ref('stg_landings') }}
    group by document_id
),

contents_of_all as (
    select distinct
        document_id,
        kind,
        form_key,
        content_key,
        amount_yuan
    from {{ ref('int_document_contents') }}
),

contents as (
    select contents_of_all.*
    from contents_of_all
    semi join documents on contents_of_all.document_id = documents.document_id
),

-- what was saved again at its address and says the same is no new version, but an edition of the one in its place
digests as (
    select
        document_id,
        md5(string_agg(content_key || ' ' || amount_yuan, chr(10) order by content_key, amount_yuan)) as digest
    from contents_of_all
    group by document_id
),

saved_again as (
    select versions.document_id
    from {{ ref('int_document_versions') }} as versions
    inner join digests as own on versions.document_id = own.document_id
    inner join digests as theirs on versions.superseded_by = theirs.document_id and own.digest = theirs.digest
),

rejected as (
    select
        document_id,
        count(*) as rejects
    from {{ ref('stg_rejects') }}
    group by document_id
),

recognised as (
    select
        document_id,
        count(*) filter (is_recognised) as recognised
    from {{ ref('int_document_contents') }}
    group by document_id
),

counted as (
    select
        documents.document_id,
        documents.format_rank,
        coalesce(found.found_no, 0) as found_no,
        coalesce(max(rejected.rejects), 0) as rejects,
        coalesce(max(recognised.recognised), 0) as recognised,
        count(contents.content_key) filter (contents.kind = 'form') as form_figures,
        count(contents.content_key) filter (contents.kind = 'claim') as claim_figures,
        coalesce(list_sort(list(distinct contents.form_key) filter (contents.form_key is not null)), []) as form_keys
    from documents
    left join found on documents.document_id = found.document_id
    left join rejected on documents.document_id = rejected.document_id
    left join recognised on documents.document_id = recognised.document_id
    left join contents on documents.document_id = contents.document_id
    group by documents.document_id, documents.format_rank, found.found_no
),

-- documents of one publisher, year, stage, level and scope
pairs as (
    select
        one.document_id as one_id,
        other.document_id as other_id
    from documents as one
    inner join documents as other
        on
            one.publisher_name = other.publisher_name
            and one.fiscal_year = other.fiscal_year
            and one.stage = other.stage
            and one.document_id < other.document_id
            and one.document_level is not distinct from other.document_level
            and one.scope is not distinct from other.scope
            and one.document_kind is not distinct from other.document_kind
),

shared as (
    select
        pairs.one_id,
        pairs.other_id,
        count(*) filter (own.kind = 'form') as form_figures,
        count(*) filter (own.kind = 'claim') as claim_figures
    from pairs
    inner join contents as own on pairs.one_id = own.document_id
    inner join contents as theirs
        on
            pairs.other_id = theirs.document_id
            and own.content_key = theirs.content_key
            and own.amount_yuan = theirs.amount_yuan
            and own.kind = theirs.kind
    group by pairs.one_id, pairs.other_id
),

compared as (
    select
        pairs.one_id,
        pairs.other_id,
        least(one.form_figures, other.form_figures) as most_form_figures,
        least(one.claim_figures, other.claim_figures) as most_claim_figures,
        coalesce(shared.form_figures, 0) as form_figures,
        coalesce(shared.claim_figures, 0) as claim_figures,
        list_has_any(one.form_keys, other.form_keys) as has_a_form_in_common
    from pairs
    inner join counted as one on pairs.one_id = one.document_id
    inner join counted as other on pairs.other_id = other.document_id
    left join shared on pairs.one_id = shared.one_id and pairs.other_id = shared.other_id
),

related as (
    select
        one_id,
        other_id,
        case
            -- what both have is nearly all the same
            when
                most_form_figures > 0
                and form_figures >= {{ var('same_edition_share') }} * most_form_figures
                and claim_figures >= {{ var('same_prose_share') }} * most_claim_figures
                then 'edition'
            when
                most_form_figures = 0
                and most_claim_figures > 0
                and claim_figures >= {{ var('same_edition_share') }} * most_claim_figures
                then 'edition'
            -- what one has, the other does not
            when most_form_figures = 0 and most_claim_figures = 0 then 'part'
            when
                most_form_figures > 0
                and not has_a_form_in_common
                and claim_figures < {{ var('same_edition_share') }} * greatest(most_claim_figures, 1)
                then 'part'
        end as relation
    from compared
),

edges as (
    select
        one_id as from_id,
        other_id as to_id,
        relation
    from related
    where relation is not null
    union all
    select
        other_id as from_id,
        one_id as to_id,
        relation
    from related
    where relation is not null
),

same_content as (
    select
        document_id,
        document_id as reached_id
    from documents
    union
    select
        same_content.document_id,
        edges.to_id as reached_id
    from same_content
    inner join edges on same_content.reached_id = edges.from_id and edges.relation = 'edition'
),

same_disclosure as (
    select
        document_id,
        document_id as reached_id
    from documents
    union
    select
        same_disclosure.document_id,
        edges.to_id as reached_id
    from same_disclosure
    inner join edges on same_disclosure.reached_id = edges.from_id
),

edition_groups as (
    select
        document_id,
        min(reached_id) as edition_group
    from same_content
    group by document_id
),

disclosure_groups as (
    select
        document_id,
        min(reached_id) as disclosure_id
    from same_disclosure
    group by document_id
),

ranked as (
    select
        edition_groups.document_id,
        edition_groups.edition_group,
        disclosure_groups.disclosure_id,
        row_number() over chosen_order as edition_rank,
        count(*) over (partition by edition_groups.edition_group) as editions,
        first_value(edition_groups.document_id) over chosen_order as chosen_id,
        counted.form_figures,
        counted.claim_figures
    from edition_groups
    inner join disclosure_groups on edition_groups.document_id = disclosure_groups.document_id
    inner join counted on edition_groups.document_id = counted.document_id
    window chosen_order as (
        partition by edition_groups.edition_group
        order by
            counted.form_figures + counted.claim_figures desc,
            counted.rejects asc,
            counted.recognised asc,
            counted.format_rank asc nulls last,
            counted.found_no asc,
            edition_groups.document_id asc
    )
),

with_parts as (
    select
        *,
        count(distinct edition_group) over (partition by disclosure_id) as parts
    from ranked
)

select
    documents.document_id,
    coalesce(with_parts.disclosure_id, in_its_place.disclosure_id, documents.document_id) as disclosure_id,
    case
        when saved_again.document_id is not null then 'edition'
        when versions.superseded_by is not null then 'superseded'
        when documents.status != 'read' or documents.is_template then 'none'
        when with_parts.edition_rank > 1 then 'edition'
        when with_parts.parts > 1 then 'part'
        when with_parts.editions > 1 then 'chosen'
        else 'sole'
    end as disclosure_role,
    case
        when saved_again.document_id is not null then 'saved_again_at_its_address'
        when versions.superseded_by is not null then 'replaced_at_its_address'
        when documents.is_template then 'blank_template'
        when documents.status != 'read' then documents.status
        when with_parts.edition_rank > 1 then 'says_what_the_chosen_one_says'
        when with_parts.parts > 1 and with_parts.form_figures = 0 then 'prose_without_forms'
        when with_parts.parts > 1 and with_parts.claim_figures = 0 then 'forms_without_prose'
        when with_parts.parts > 1 then 'other_forms'
        when with_parts.editions > 1 then 'first_of_its_editions'
        else 'no_other_document'
    end as disclosure_role_because,
    case
        when saved_again.document_id is not null then coalesce(in_its_place.chosen_id, versions.superseded_by)
        when with_parts.edition_rank > 1 then with_parts.chosen_id
    end as edition_of,
    with_parts.edition_rank::bigint as edition_rank,
    with_parts.editions::bigint as edition_count,
    versions.superseded_by,
    versions.superseded_by is null and coalesce(with_parts.edition_rank = 1, true) as is_in_force
from {{ ref('int_identified_documents') }} as documents
inner join {{ ref('int_document_versions') }} as versions on documents.document_id = versions.document_id
left join with_parts on documents.document_id = with_parts.document_id
left join saved_again on documents.document_id = saved_again.document_id
left join with_parts as in_its_place on versions.superseded_by = in_its_place.document_id
