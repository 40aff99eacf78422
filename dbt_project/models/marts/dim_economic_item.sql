with

coded as (
    select
        document_id,
        'economic' as classification,
        code,
        label_plain as name
    from {{ ref('stg_lines') }}
    where side_key = 'economic' and code is not null
    union all
    -- The government code stands beside the departmental one; the row's name is the departmental item's.
    select
        document_id,
        'economic_government' as classification,
        economic_code_government as code,
        null as name
    from {{ ref('stg_lines') }}
    where side_key = 'economic' and economic_code_government is not null
),

names as (
    select
        classification,
        code,
        name,
        count(*) as times
    from coded
    where name is not null
    group by classification, code, name
),

usual_names as (
    select
        classification,
        code,
        max_by(name, struct_pack(times, name)) as name,
        count(*) as name_count
    from names
    group by classification, code
),

listed as (
    select
        classification,
        code,
        -- the name of today, else the last one
        max_by(name, coalesce(valid_to, 9999)) as name,
        {{ years_of_all_rows() }}
    from {{ ref('economic_codes') }}
    where is_official
    group by classification, code
),

seen as (
    select
        classification,
        code,
        count(distinct document_id) as document_count
    from coded
    group by classification, code
),

codes as (
    select
        coalesce(seen.classification, listed.classification) as classification,
        coalesce(seen.code, listed.code) as code,
        coalesce(usual_names.name, listed.name) as name,
        listed.name as official_name,
        coalesce(listed.name, usual_names.name) as known_name,
        listed.code is not null as is_official,
        seen.code is not null as is_seen,
        listed.valid_from,
        listed.valid_to,
        coalesce(usual_names.name_count, 0) as name_count,
        coalesce(seen.document_count, 0) as document_count
    from seen
    full join listed on seen.classification = listed.classification and seen.code = listed.code
    left join usual_names on seen.classification = usual_names.classification and seen.code = usual_names.code
),

-- A code has its class (3 digits) and item (5) in its own digits; of another length it has none.
chained as (
    select
        *,
        case length(code) when 3 then 1 when 5 then 2 end as code_level,
        case when length(code) in (3, 5) then left(code, 3) end as class_code,
        case when length(code) = 5 then code end as item_code
    from codes
)

select
    chained.classification,
    chained.code,
    chained.name,
    chained.official_name,
    chained.code_level,
    case when chained.code_level = 2 then chained.class_code end as parent_code,
    chained.class_code,
    classes.known_name as class_name,
    chained.item_code,
    case when chained.code_level = 2 then chained.known_name end as item_name,
    chained.is_official,
    chained.is_seen,
    chained.valid_from,
    chained.valid_to,
    chained.name_count,
    chained.document_count
from chained
left join codes as classes
    on chained.classification = classes.classification and chained.class_code = classes.code
