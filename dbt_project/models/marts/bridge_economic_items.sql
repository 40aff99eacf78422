with

printed as (
    select
        code as departmental_code,
        economic_code_government as government_code,
        count(distinct document_id) as document_count
    from {{ ref('stg_lines') }}
    where side_key = 'economic' and code is not null and economic_code_government is not null
    group by code, economic_code_government
),

pairs as (
    select
        coalesce(mapping.departmental_code, printed.departmental_code) as departmental_code,
        coalesce(mapping.government_code, printed.government_code) as government_code,
        mapping.applies_to,
        mapping.departmental_code is not null as is_official,
        printed.departmental_code is not null as is_seen,
        mapping.valid_from,
        mapping.valid_to,
        coalesce(printed.document_count, 0) as document_count
    from {{ ref('economic_mapping') }} as mapping
    full join printed
        on
            mapping.departmental_code = printed.departmental_code
            and mapping.government_code = printed.government_code
)

select
    pairs.departmental_code,
    coalesce(departmental.official_name, departmental.name) as departmental_name,
    pairs.government_code,
    coalesce(government.official_name, government.name) as government_name,
    pairs.applies_to,
    pairs.is_official,
    pairs.is_seen,
    pairs.valid_from,
    pairs.valid_to,
    pairs.document_count
from pairs
left join {{ ref('dim_economic_item') }} as departmental
    on departmental.classification = 'economic' and pairs.departmental_code = departmental.code
left join {{ ref('dim_economic_item') }} as government
    on government.classification = 'economic_government' and pairs.government_code = government.code
