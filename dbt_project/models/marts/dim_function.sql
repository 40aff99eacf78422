with

coded as (
    select
        document_id,
        code,
        label_plain as name
    from {{ ref('stg_lines') }}
    where side_key = 'function' and code is not null
),

names as (
    select
        code,
        name,
        count(*) as times
    from coded
    where name is not null
    group by code, name
),

usual_names as (
    select
        code,
        max_by(name, struct_pack(times, name)) as name,
        count(*) as name_count
    from names
    group by code
),

official_names as (
    select
        code,
        -- the name of today, else the last one
        max_by(name, coalesce(valid_to, 9999)) as name
    from {{ ref('function_codes') }}
    where is_official
    group by code
),

seen as (
    select
        code,
        count(distinct document_id) as document_count
    from coded
    group by code
)

select
    seen.code,
    usual_names.name,
    official_names.name as official_name,
    case length(seen.code) when 3 then 1 when 5 then 2 when 7 then 3 end as code_level,
    case length(seen.code) when 5 then left(seen.code, 3) when 7 then left(seen.code, 5) end as parent_code,
    coalesce(usual_names.name_count, 0) as name_count,
    seen.document_count
from seen
left join usual_names on seen.code = usual_names.code
left join official_names on seen.code = official_names.code
