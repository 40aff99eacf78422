-- Targets as one would read them: whose, for which project and money, how concrete, and whether they were met.
with money as (
    select
        document_id,
        form_id,
        project_name,
        max(amount_yuan) filter (measure = 'annual_budget') as annual_budget_yuan,
        max(amount_yuan) filter (measure = 'annual_execution') as annual_execution_yuan,
        max(amount_yuan) filter (line_key in ('annual_total', 'implementation_total')) as target_total_yuan
    from {{ ref('fct_projects') }}
    group by document_id, form_id, project_name
)

select
    indicators.indicator_id,
    indicators.document_id,
    indicators.publisher_name,
    documents.region,
    indicators.fiscal_year,
    indicators.stage,
    indicators.form_key,
    coalesce(indicators.subject, documents.publisher_name) as subject,
    indicators.subject is not null as is_of_project,
    coalesce(money.annual_budget_yuan, money.target_total_yuan) as subject_budget_yuan,
    money.annual_execution_yuan as subject_execution_yuan,
    indicators.level_1,
    indicators.level_2,
    indicators.level_3,
    indicators.indicator,
    indicators.target_text,
    indicators.comparator,
    indicators.target_number,
    indicators.target_number_high,
    indicators.target_unit,
    indicators.actual_text,
    indicators.actual_number,
    indicators.actual_unit,
    indicators.is_quantitative,
    indicators.is_achieved,
    case
        when indicators.are_comparable
            then (100 * indicators.actual_value / nullif(indicators.target_value, 0))::decimal(20, 2)
    end as attained_pct,
    indicators.target_text is null as is_without_target,
    indicators.page_no,
    indicators.line_no
from {{ ref('fct_performance_indicators') }} as indicators
inner join {{ ref('dim_document') }} as documents on indicators.document_id = documents.document_id
left join money on indicators.document_id = money.document_id and indicators.form_id = money.form_id
