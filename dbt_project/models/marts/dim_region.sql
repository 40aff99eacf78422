-- The name of each code that is in the newest list; an older one of it is in seeds.regions.
with regions as (
    select *
    from {{ ref('regions') }}
    qualify row_number() over (partition by code order by valid_to desc nulls first, name asc) = 1
),

-- A county lies in its city, or in its province where it has none; a city in its province. Names do not tell: several
-- places have one, codes do.
placed as (
    select
        *,
        left(code, 2) || '0000' as province_code,
        case when level != 'province' and city is not null then left(code, 4) || '00' end as city_code
    from regions
)

select
    placed.code as region_code,
    placed.name as region_name,
    placed.level as government_level,
    concat(
        placed.province,
        case when placed.level != 'province' then placed.city end,
        case when placed.level = 'county' then placed.name end
    ) as full_name,
    parents.code as parent_code,
    parents.name as parent_name,
    placed.province_code,
    placed.province as province_name,
    placed.city_code,
    placed.city as city_name,
    placed.valid_from,
    placed.valid_to
from placed
left join regions as parents
    on
        parents.code = case placed.level
            when 'county' then coalesce(placed.city_code, placed.province_code)
            when 'city' then placed.province_code
        end
