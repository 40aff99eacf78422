with recursive

documents as (
    select
        publisher_name,
        -- The newest document that says so; names of departments change, as those of places below.
        max_by(parent_name, struct_pack(fiscal_year, document_id)) filter (
            where parent_name is not null
        ) as parent_name,
        coalesce(bool_or(document_level = 'department' or scope = 'consolidated'), false) as is_department,
        count(*) as document_count,
        count(*) filter (where stage = 'budget') as budget_count,
        count(*) filter (where stage = 'final_accounts') as final_accounts_count,
        min(fiscal_year) as first_fiscal_year,
        max(fiscal_year) as last_fiscal_year
    from {{ ref('dim_document') }}
    where publisher_name is not null and is_in_force
    group by publisher_name
),

places as (
    select
        publisher_name,
        region,
        region_code,
        government_tier,
        province,
        city,
        county
    from {{ ref('dim_document') }}
    where publisher_name is not null and coalesce(region, government_tier) is not null and is_in_force
    qualify row_number() over (partition by publisher_name order by fiscal_year desc nulls last, document_id desc) = 1
),

predecessors as (
    select
        successor_name as publisher_name,
        string_agg(predecessor_name, '、' order by predecessor_name) as names,
        min(succession_year) as first_year
    from {{ ref('publisher_successions') }}
    group by successor_name
),

successors as (
    select
        predecessor_name as publisher_name,
        string_agg(successor_name, '、' order by successor_name) as names,
        max(succession_year) as first_year
    from {{ ref('publisher_successions') }}
    group by predecessor_name
),

-- Every name that a publisher had later. A circle of successions ends here too, since no pair is taken twice.
later_names as (
    select
        publisher_name,
        publisher_name as later_name
    from documents
    union
    select
        later_names.publisher_name,
        successions.successor_name as later_name
    from later_names
    inner join {{ ref('publisher_successions') }} as successions
        on later_names.later_name = successions.predecessor_name
),

last_names as (
    select
        later_names.publisher_name,
        min(later_names.later_name) as last_name
    from later_names
    anti join successors on later_names.later_name = successors.publisher_name
    group by later_names.publisher_name
    -- who was split goes on under no one name
    having count(*) = 1
)

select
    documents.publisher_name,
    coalesce(decided.parent_name, documents.parent_name) as parent_name,
    places.region,
    places.region_code,
    places.province,
    places.city,
    places.county,
    coalesce(decided.government_level, places.government_tier) as government_level,
    case
        when decided.publisher_kind is not null then decided.publisher_kind
        when documents.is_department then 'department'
        when coalesce(decided.parent_name, documents.parent_name) is not null then 'unit'
    end as publisher_kind,
    predecessors.names as predecessor_names,
    predecessors.first_year as succeeded_from,
    successors.names as successor_names,
    successors.first_year as succeeded_by_from,
    last_names.last_name as current_name,
    documents.document_count,
    documents.budget_count,
    documents.final_accounts_count,
    documents.first_fiscal_year,
    documents.last_fiscal_year
from documents
left join {{ ref('publishers') }} as decided on documents.publisher_name = decided.publisher_name
left join places on documents.publisher_name = places.publisher_name
left join predecessors on documents.publisher_name = predecessors.publisher_name
left join successors on documents.publisher_name = successors.publisher_name
left join last_names on documents.publisher_name = last_names.publisher_name
