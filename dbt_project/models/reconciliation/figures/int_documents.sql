-- What one document can be compared with: others of its publisher and of the years around it.
-- Several documents of one publisher, year, stage and scope (a republished file) leave open which one is meant.
select
    document_id,
    stage,
    fiscal_year,
    case when parent_name is null then 'department' else 'unit' end as document_role,
    case when is_sole then publisher_name end as publisher_name,
    case when is_sole then concat_ws('|', publisher_name, fiscal_year) end as publisher_year,
    case when is_sole then concat_ws('|', publisher_name, stage, fiscal_year) end as publisher_stage_year,
    case when is_sole then concat_ws('|', publisher_name, stage, fiscal_year + 1) end as publisher_stage_next_year
from (
    select
        *,
        count(*) over (partition by publisher_name, fiscal_year, stage) = 1
        and publisher_name is not null
        and fiscal_year is not null
        and stage is not null as is_sole
    from {{ ref('stg_documents') }}
)
