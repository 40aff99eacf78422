-- What one document can be compared with: others of its publisher, its level and of the years around it.
-- Several documents of one publisher, level, year and stage leave open which one is meant, unless they are editions or
-- parts of one disclosure, or one replaced the others.
with documents as (
    select
        documents.document_id,
        documents.stage,
        documents.fiscal_year,
        -- what was replaced, or is another edition of what is in force, is compared with nothing
        case when disclosures.is_in_force then documents.publisher_name end as publisher_name,
        case
            when documents.document_kind = 'government' then 'government'
            else
                coalesce(
                    documents.document_level, case when documents.parent_name is null then 'department' else 'unit' end
                )
        end as document_role,
        case when disclosures.disclosure_role = 'part' then disclosures.disclosure_id else documents.document_id end
            as reconciled_as
    from {{ ref('int_identified_documents') }} as documents
    inner join {{ ref('int_disclosures') }} as disclosures on documents.document_id = disclosures.document_id
),

counted as (
    select
        *,
        count(distinct reconciled_as) over (partition by publisher_name, document_role, fiscal_year, stage) = 1
        and publisher_name is not null
        and fiscal_year is not null
        and stage is not null as is_sole,
        count(distinct document_role) over (partition by publisher_name, fiscal_year, stage) = 2 as is_on_both_levels
    from documents
)

select
    document_id,
    stage,
    fiscal_year,
    document_role,
    reconciled_as,
    case when is_sole then publisher_name end as publisher_name,
    case when is_sole then concat_ws('|', publisher_name, document_role, fiscal_year) end as publisher_year,
    case when is_sole then concat_ws('|', publisher_name, document_role, stage, fiscal_year) end
        as publisher_stage_year,
    case when is_sole then concat_ws('|', publisher_name, document_role, stage, fiscal_year + 1) end
        as publisher_stage_next_year,
    -- a department and the unit of its own name
    case when is_sole and is_on_both_levels then concat_ws('|', publisher_name, stage, fiscal_year) end
        as publisher_own_units
from counted
