-- A publisher's year as it stands: of several documents of one year and stage, the widest and best one.
with ranked as (
    select
        *,
        count(*) over (partition by publisher_name, fiscal_year, stage) as document_count,
        row_number() over (
            partition by publisher_name, fiscal_year, stage
            order by
                -- the department with the units below it, not its own office alone
                case document_level when 'department' then 0 else 1 end,
                case scope when 'own' then 1 else 0 end,
                case when total_yuan is null then 1 else 0 end,
                discrepancy_causes,
                document_id
        ) as place
    from {{ ref('mart_document_totals') }}
    where publisher_name is not null and fiscal_year is not null and stage is not null
),

chosen as (
    select *
    from ranked
    where place = 1
),

-- A department's consolidated disclosure has its units' money in it: a unit whose department discloses in the same year
-- does not enter a sum beside it. The department is the one that the unit names, or that lists the unit.
departments as (
    select *
    from chosen
    where document_level = 'department' and coalesce(scope, 'consolidated') = 'consolidated'
),

covered as (
    select
        units.publisher_name,
        units.fiscal_year,
        units.stage
    from chosen as units
    inner join {{ ref('dim_document') }} as documents on units.document_id = documents.document_id
    inner join departments
        on
            documents.parent_name = departments.publisher_name
            and units.fiscal_year = departments.fiscal_year
            and units.stage = departments.stage
            and units.publisher_name != departments.publisher_name
    union
    select
        units.publisher_name,
        units.fiscal_year,
        units.stage
    from chosen as units
    inner join {{ ref('int_document_links') }} as listed
        on units.publisher_name = listed.name and not listed.is_publisher
    inner join departments
        on
            listed.document_id = departments.document_id
            and units.fiscal_year = departments.fiscal_year
            and units.stage = departments.stage
            and units.publisher_name != departments.publisher_name
),

counted as (
    select
        chosen.*,
        case
            when documents.document_kind = 'government' then 'whole_of_a_government'
            when covered.publisher_name is not null then 'in_its_department'
            when chosen.document_level = 'unit' then 'no_department_found'
            when chosen.scope = 'own' then 'own_office_alone'
            else 'department'
        end as counts_in_region_because
    from chosen
    inner join {{ ref('dim_document') }} as documents on chosen.document_id = documents.document_id
    left join covered
        on
            chosen.publisher_name = covered.publisher_name
            and chosen.fiscal_year = covered.fiscal_year
            and chosen.stage = covered.stage
),

compared as (
    select
        this_year.*,
        last_year.total_yuan as previous_total_yuan,
        last_year.document_id as previous_document_id
    from counted as this_year
    left join chosen as last_year
        on
            this_year.publisher_name = last_year.publisher_name
            and this_year.stage = last_year.stage
            and this_year.fiscal_year = last_year.fiscal_year + 1
            -- a department and its office are no two years of one thing
            and this_year.document_level = last_year.document_level
)

select
    publisher_name,
    fiscal_year,
    stage,
    document_id,
    document_level,
    scope,
    document_count,
    counts_in_region_because not in ('whole_of_a_government', 'in_its_department') as counts_in_region,
    counts_in_region_because,
    total_yuan,
    revenue_yuan,
    fiscal_appropriation_yuan,
    general_public_yuan,
    government_fund_yuan,
    state_capital_yuan,
    basic_yuan,
    project_yuan,
    personnel_yuan,
    public_operating_yuan,
    three_public_yuan,
    overseas_travel_yuan,
    official_reception_yuan,
    official_vehicles_yuan,
    meetings_yuan,
    training_yuan,
    three_public_budgeted_yuan,
    head_count,
    authorised_head_count,
    personnel_per_head_yuan,
    basic_per_head_yuan,
    previous_document_id,
    previous_total_yuan,
    (total_yuan - previous_total_yuan)::decimal(20, 2) as change_yuan,
    (100 * (total_yuan - previous_total_yuan) / nullif(previous_total_yuan, 0))::decimal(12, 2) as change_pct,
    total_agreement,
    total_trust,
    identities_asked,
    identities_break,
    discrepancy_causes,
    amounts_reconciled_pct
from compared
