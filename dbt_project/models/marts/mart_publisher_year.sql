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

compared as (
    select
        this_year.*,
        last_year.total_yuan as previous_total_yuan,
        last_year.document_id as previous_document_id
    from chosen as this_year
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
