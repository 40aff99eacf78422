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

listed as (
    select
        code,
        -- the name of today, else the last one
        max_by(name, coalesce(valid_to, 9999)) as name,
        {{ years_of_all_rows() }}
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
),

codes as (
    select
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
    full join listed on seen.code = listed.code
    left join usual_names on seen.code = usual_names.code
),

-- A code has its class (3 digits), group (5) and item (7) in its own digits; of another length it has none.
chained as (
    select
        *,
        case length(code) when 3 then 1 when 5 then 2 when 7 then 3 end as code_level,
        case when length(code) in (3, 5, 7) then left(code, 3) end as class_code,
        case when length(code) in (5, 7) then left(code, 5) end as group_code,
        case when length(code) = 7 then code end as item_code
    from codes
)

select
    chained.code,
    chained.name,
    chained.official_name,
    chained.code_level,
    case chained.code_level when 2 then chained.class_code when 3 then chained.group_code end as parent_code,
    chained.class_code,
    classes.known_name as class_name,
    chained.group_code,
    code_groups.known_name as group_name,
    chained.item_code,
    case when chained.code_level = 3 then chained.known_name end as item_name,
    chained.is_official,
    chained.is_seen,
    chained.valid_from,
    chained.valid_to,
    chained.name_count,
    chained.document_count
from chained
left join codes as classes on chained.class_code = classes.code
left join codes as code_groups on chained.group_code = code_groups.code
