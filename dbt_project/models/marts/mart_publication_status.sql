-- What ought to be published, whether it was, and how late: one row per disclosure of seeds.publication_roster. There
-- is no today here: for how many days something is overdue that was not published, whoever asks counts from due_on.
with found as (
    select
        documents.publisher_name,
        documents.region_code,
        levels.document_role,
        documents.fiscal_year,
        documents.stage,
        documents.document_id,
        disclosures.is_in_force,
        landings.published_on,
        landings.published_as,
        landings.found_at
    from {{ ref('int_identified_documents') }} as documents
    inner join {{ ref('int_documents') }} as levels on documents.document_id = levels.document_id
    inner join {{ ref('int_disclosures') }} as disclosures on documents.document_id = disclosures.document_id
    left join {{ ref('stg_landings') }} as landings on documents.document_id = landings.document_id
    where documents.status = 'read' and not documents.is_template
),

-- a corrected version is published later; what counts is the first
published as (
    select
        roster.region_code,
        roster.publisher_name,
        roster.document_level,
        roster.fiscal_year,
        roster.stage,
        coalesce(min(found.document_id) filter (found.is_in_force), min(found.document_id)) as document_id,
        min(found.published_on) as published_on,
        arg_min(found.published_as, struct_pack(day := found.published_on, said_by := found.published_as)) filter (
            found.published_on is not null
        ) as published_as,
        min(found.found_at) as found_at
    from {{ ref('publication_roster') }} as roster
    inner join found
        on
            roster.publisher_name = found.publisher_name
            and roster.document_level = found.document_role
            and roster.fiscal_year = found.fiscal_year
            and roster.stage = found.stage
            -- two places may have a publisher of one name
            and coalesce(roster.region_code = found.region_code, true)
    group by all
),

due as (
    select
        roster.*,
        -- 预算法第十四条: within twenty days of the approval
        case when not roster.is_exempt then roster.approved_on + 20 end as due_on,
        published.document_id,
        published.published_on,
        published.published_as,
        published.found_at
    from {{ ref('publication_roster') }} as roster
    left join published
        on
            roster.region_code = published.region_code
            and roster.publisher_name = published.publisher_name
            and roster.document_level = published.document_level
            and roster.fiscal_year = published.fiscal_year
            and roster.stage = published.stage
)

select
    md5(concat_ws('|', due.region_code, due.publisher_name, due.document_level, due.fiscal_year, due.stage))
        as publication_id,
    due.region_code,
    regions.full_name as region,
    due.publisher_name,
    due.document_level,
    due.fiscal_year,
    due.stage,
    case
        when due.is_exempt then 'exempt'
        when due.document_id is null then 'not_published'
        when due.due_on is null or due.published_on is null then 'published_some_day'
        when due.published_on > due.due_on then 'published_late'
        else 'published_in_time'
    end as publication_status,
    due.approved_on,
    due.due_on,
    due.published_on,
    due.published_as,
    case when due.published_on > due.due_on then due.published_on - due.due_on end as days_late,
    due.found_at,
    due.document_id,
    due.reason
from due
left join {{ ref('dim_region') }} as regions on due.region_code = regions.region_code
