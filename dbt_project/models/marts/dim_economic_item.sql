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

official_names as (
    select
        classification,
        code,
        -- the name of today, else the last one
        max_by(name, coalesce(valid_to, 9999)) as name
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
)

select
    seen.classification,
    seen.code,
    usual_names.name,
    official_names.name as official_name,
    case length(seen.code) when 3 then 1 when 5 then 2 end as code_level,
    case length(seen.code) when 5 then left(seen.code, 3) end as parent_code,
    coalesce(usual_names.name_count, 0) as name_count,
    seen.document_count
from seen
left join usual_names on seen.classification = usual_names.classification and seen.code = usual_names.code
left join official_names
    on seen.classification = official_names.classification and seen.code = official_names.code
