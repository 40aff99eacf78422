with

-- A county lies in its city, or in its province where it has none; a city in its province.
regions as (
    select
        *,
        case level
            when 'county' then coalesce(city, province)
            when 'city' then province
        end as parent_name
    from {{ ref('regions') }}
)

select
    regions.code as region_code,
    regions.name as region_name,
    regions.level as government_level,
    concat(
        regions.province,
        case when regions.level != 'province' then regions.city end,
        case when regions.level = 'county' then regions.name end
    ) as full_name,
    parents.code as parent_code,
    regions.parent_name,
    provinces.code as province_code,
    regions.province as province_name,
    cities.code as city_code,
    regions.city as city_name,
    regions.valid_from,
    regions.valid_to
from regions
inner join {{ ref('regions') }} as provinces on regions.province = provinces.name
left join {{ ref('regions') }} as cities on regions.city = cities.name
left join {{ ref('regions') }} as parents on regions.parent_name = parents.name
