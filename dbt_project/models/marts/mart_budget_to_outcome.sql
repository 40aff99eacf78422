-- From the budget of the beginning to the adjusted one and what was spent: one row per publisher, year, source of money
-- and thing (the total, a functional code, a project), by what each figure is of. What several places state differently
-- is no figure here. Where something asks for a second look, it says why and of how much money.
{%- set thresholds = {'large_adjustment_pct': 30, 'low_execution_pct': 70} %}
with documents as (
    select
        levels.document_id,
        levels.publisher_name,
        levels.document_role as document_level,
        levels.fiscal_year,
        levels.stage
    from {{ ref('int_documents') }} as levels
    where
        levels.publisher_name is not null
        and levels.fiscal_year is not null
        and levels.document_role != 'government'
),

stated as (
    select
        documents.publisher_name,
        documents.document_level,
        documents.fiscal_year,
        coordinates.fund,
        coordinates.flow,
        coordinates.function_code as code,
        coordinates.budget_version as version,
        cells.value_yuan,
        trusted.trust = 'disputed' as is_disputed
    from {{ ref('int_amount_coordinates') }} as coordinates
    inner join documents
        on coordinates.document_id = documents.document_id and coordinates.fiscal_year = documents.fiscal_year
    inner join {{ ref('int_cells') }} as cells
        on coordinates.cell_id = cells.cell_id and cells.cell_state = 'printed'
    inner join {{ ref('amount_trust') }} as trusted
        on coordinates.amount_id = trusted.amount_id and trusted.trust != 'quarantined'
    where
        coordinates.is_stated_as_such
        and coordinates.scope = 'all'
        and coordinates.fund in ('all', 'general_public', 'government_fund', 'state_capital')
        and coordinates.spending_kind = 'total'
        and coordinates.function_code is not null
        and coordinates.economic_code = 'all'
        and coordinates.economic_code_government = 'all'
        and coordinates.subject = 'all'
        and coordinates.project = 'all'
        and coordinates.flow in ('expenditure', 'brought_forward', 'carried_forward')
        and coordinates.budget_version in ('budget', 'adjusted_budget', 'final')
),

-- of a project its budget states the money, its self-evaluation the budget of the whole year and what was spent
of_projects as (
    select
        documents.publisher_name,
        documents.document_level,
        documents.fiscal_year,
        'all' as fund,
        'expenditure' as flow,
        regexp_replace(translate(projects.project_name, '（）', '()'), '\s', '', 'g') as code,
        case
            when projects.measure = 'annual_budget' then 'adjusted_budget'
            when projects.measure = 'annual_execution' then 'final'
            else 'budget'
        end as version,
        projects.amount_yuan as value_yuan,
        projects.trust = 'disputed' as is_disputed
    from {{ ref('fct_projects') }} as projects
    inner join documents on projects.document_id = documents.document_id
    where
        projects.amount_yuan is not null
        and coalesce(projects.fund, 'all') = 'all'
        and case documents.stage
            when 'budget' then projects.measure in ('project', 'total')
            else projects.measure in ('annual_budget', 'annual_execution')
        end
),

versions as (
    select
        case when code = 'all' then 'total' else 'function' end as subject_kind,
        *
    from stated
    union all by name
    select
        'project' as subject_kind,
        *
    from of_projects
),

figures as (
    select
        publisher_name,
        document_level,
        fiscal_year,
        subject_kind,
        fund,
        code,
        {%- for name, version, flow in [
            ('initial', 'budget', 'expenditure'), ('adjusted', 'adjusted_budget', 'expenditure'),
            ('final', 'final', 'expenditure'), ('brought_forward', 'final', 'brought_forward'),
            ('carried_forward', 'final', 'carried_forward'),
        ] %}
            case
                when
                    min(value_yuan) filter (version = '{{ version }}' and flow = '{{ flow }}')
                    = max(value_yuan) filter (version = '{{ version }}' and flow = '{{ flow }}')
                    then min(value_yuan) filter (version = '{{ version }}' and flow = '{{ flow }}')
            end as {{ name }}_yuan,
        {%- endfor %}
        bool_or(is_disputed) as is_disputed
    from versions
    group by publisher_name, document_level, fiscal_year, subject_kind, fund, code
),

placed as (
    select
        *,
        coalesce(adjusted_yuan, initial_yuan) as budgeted_yuan,
        -- whether anything of this kind was budgeted in a document that is here: then what is not in it was not
        count(initial_yuan) over of_kind > 0 as has_budget,
        -- neither a code with others below it, nor one source of money beside all of them
        (subject_kind != 'function' or coalesce(lead(code) over of_codes, '') not like code || '%')
        and (fund = 'all' or bool_or(fund = 'all') over of_thing = false) as is_counted
    from figures
    window
        of_kind as (partition by publisher_name, document_level, fiscal_year, subject_kind, fund),
        of_codes as (partition by publisher_name, document_level, fiscal_year, subject_kind, fund order by code asc),
        of_thing as (partition by publisher_name, document_level, fiscal_year, subject_kind, code)
),

weighed as (
    select
        *,
        case
            when not is_counted or final_yuan is null or (budgeted_yuan is null and not has_budget) then null
            when coalesce(budgeted_yuan, 0) = 0 and final_yuan > 0 then 'not_budgeted'
            when adjusted_yuan is not null and final_yuan > adjusted_yuan then 'over_budget'
            when adjusted_yuan is null and final_yuan > initial_yuan then 'over_initial_budget'
            when budgeted_yuan > 0 and final_yuan = 0 then 'nothing_spent'
            when 100 * final_yuan < {{ thresholds.low_execution_pct }} * budgeted_yuan then 'low_execution'
            when
                100 * abs(adjusted_yuan - initial_yuan) > {{ thresholds.large_adjustment_pct }} * initial_yuan
                then 'large_adjustment'
        end as second_look
    from placed
    where initial_yuan is not null or adjusted_yuan is not null or (final_yuan is not null and has_budget)
),

-- publishers of one task in several places: the name without its place and kind of office, and what is spent on most
main_classes as (
    select
        publisher_name,
        arg_max(code, struct_pack(money := coalesce(final_yuan, budgeted_yuan), code := code)) as class_code
    from placed
    where subject_kind = 'function' and length(code) = 3 and fund in ('all', 'general_public')
    group by publisher_name
),

families as (
    select
        publishers.publisher_name,
        concat_ws(
            ' ',
            regexp_replace(
                regexp_replace(
                    replace(
                        replace(
                            replace(publishers.publisher_name, coalesce(publishers.province, ' '), ''),
                            coalesce(publishers.city, ' '), ''
                        ),
                        coalesce(publishers.county, ' '), ''
                    ),
                    '^.{1,6}?[省市县旗区]', ''
                ),
                '(?:局|委员会|办公室|厅|中心|委|办)$', ''
            ),
            main_classes.class_code
        ) as publisher_family
    from {{ ref('dim_publisher') }} as publishers
    left join main_classes on publishers.publisher_name = main_classes.publisher_name
),

compared as (
    select
        weighed.*,
        case
            when weighed.subject_kind = 'total' then '支出合计'
            when weighed.subject_kind = 'project' then weighed.code
            else coalesce(functions.official_name, weighed.code)
        end as subject,
        families.publisher_family,
        (100 * weighed.final_yuan / nullif(weighed.budgeted_yuan, 0))::decimal(20, 2) as executed_pct,
        case weighed.second_look
            when 'large_adjustment' then abs(weighed.adjusted_yuan - weighed.initial_yuan)
            when 'not_budgeted' then weighed.final_yuan
            else abs(weighed.final_yuan - weighed.budgeted_yuan)
        end as difference_yuan
    from weighed
    left join families on weighed.publisher_name = families.publisher_name
    left join {{ ref('dim_function') }} as functions
        on case when weighed.subject_kind = 'function' then weighed.code end = functions.code
)

select
    md5(concat_ws('|', publisher_name, document_level, fiscal_year, subject_kind, fund, code)) as outcome_id,
    publisher_name,
    document_level,
    fiscal_year,
    subject_kind,
    subject,
    case when subject_kind = 'function' then code end as code,
    fund,
    is_counted,
    initial_yuan,
    adjusted_yuan,
    final_yuan,
    (adjusted_yuan - initial_yuan)::decimal(20, 2) as adjustment_yuan,
    (100 * (adjusted_yuan - initial_yuan) / nullif(initial_yuan, 0))::decimal(20, 2) as adjustment_pct,
    executed_pct,
    (budgeted_yuan - final_yuan)::decimal(20, 2) as unspent_yuan,
    brought_forward_yuan,
    carried_forward_yuan,
    second_look,
    case when second_look is not null then difference_yuan end::decimal(20, 2) as second_look_yuan,
    case
        when second_look is not null
            then row_number() over (
                partition by subject_kind, second_look is not null
                order by
                    difference_yuan desc, publisher_name asc, fiscal_year asc, document_level asc, fund asc,
                    code asc
            )
    end as second_look_rank,
    publisher_family,
    count(executed_pct) over of_family as family_figures,
    (median(executed_pct) over of_family)::decimal(20, 2) as family_executed_pct,
    is_disputed
from compared
window of_family as (partition by publisher_family, fiscal_year, document_level, subject_kind, fund, code)
