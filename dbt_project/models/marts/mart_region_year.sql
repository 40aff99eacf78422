-- What the publishers of a place come to in a year: each money once, see mart_publisher_year.counts_in_region.
select
    md5(concat_ws(
        '|', publishers.region_code, publishers.region, publishers.government_level, years.fiscal_year, years.stage
    )) as region_year_id,
    publishers.region_code,
    publishers.region,
    publishers.government_level,
    years.fiscal_year,
    years.stage,
    count(*) filter (years.counts_in_region) as publishers_counted,
    count(*) filter (not years.counts_in_region) as publishers_not_counted,
    (sum(years.total_yuan) filter (years.counts_in_region))::decimal(20, 2) as total_yuan,
    (sum(years.general_public_yuan) filter (years.counts_in_region))::decimal(20, 2) as general_public_yuan,
    (sum(years.three_public_yuan) filter (years.counts_in_region))::decimal(20, 2) as three_public_yuan
from {{ ref('mart_publisher_year') }} as years
inner join {{ ref('dim_publisher') }} as publishers on years.publisher_name = publishers.publisher_name
group by all
