-- Spending by function as a tree: every code of a document and all that stands above it, added up from the leaves.
with ranked as (
    select
        restatement_id,
        document_id,
        form_id,
        fund,
        row_number() over (
            partition by document_id
            order by
                case agreement when 'differs' then 1 else 0 end,
                code_digits desc,
                list_position(['all', 'fiscal_appropriation', 'general_public'], fund),
                restatement_id asc
        ) as place
    from {{ ref('dim_restatement') }}
    where
        classification = 'function'
        and spending_kind = 'total'
        and fund in ('all', 'fiscal_appropriation', 'general_public')
        and is_most_detailed
        and code_digits is not null
),

chosen as (
    select *
    from ranked
    where place = 1
),

lines as (
    select
        lines.document_id,
        lines.publisher_name,
        lines.fiscal_year,
        lines.stage,
        lines.form_key,
        lines.line_id,
        lines.code,
        lines.name,
        lines.is_leaf,
        lines.fund,
        lines.trust,
        max(lines.amount_yuan) filter (lines.restatement_id = chosen.restatement_id) as total_yuan,
        max(lines.amount_yuan) filter (lines.spending_kind = 'basic') as basic_yuan,
        max(lines.amount_yuan) filter (lines.spending_kind in ('project', 'special_project')) as project_yuan
    from {{ ref('fct_spending_lines') }} as lines
    inner join chosen
        on
            lines.document_id = chosen.document_id
            and lines.form_id = chosen.form_id
            and lines.fund = chosen.fund
    where lines.classification = 'function' and lines.code is not null and lines.row_kind = 'item'
    group by all
),

-- each leaf counts for its own code and for every code above it
counted as (
    select
        *,
        unnest(list_distinct([left(code, 3), left(code, 5), code])) as function_code
    from lines
    where is_leaf
),

added_up as (
    select
        document_id,
        min(publisher_name) as publisher_name,
        min(fiscal_year) as fiscal_year,
        min(stage) as stage,
        min(form_key) as form_key,
        min(fund) as fund,
        function_code as code,
        coalesce(sum(total_yuan), 0)::decimal(20, 2) as amount_yuan,
        sum(basic_yuan)::decimal(20, 2) as basic_yuan,
        sum(project_yuan)::decimal(20, 2) as project_yuan,
        bool_or(trust = 'disputed') as is_disputed,
        bool_or(function_code = code) as is_leaf
    from counted
    group by document_id, function_code
),

printed as (
    select
        document_id,
        code,
        -- a code printed twice states no one figure
        case when count(*) = 1 then max(total_yuan) end as printed_yuan,
        max(name) as name
    from lines
    group by document_id, code
),

-- from the list itself: the dimension changes with documents that have nothing to do with this one
official_names as (
    select
        code,
        -- the name of today, else the last one
        max_by(name, coalesce(valid_to, 9999)) as name
    from {{ ref('function_codes') }}
    where is_official
    group by code
)

select
    added_up.document_id,
    added_up.publisher_name,
    added_up.fiscal_year,
    added_up.stage,
    added_up.form_key,
    added_up.fund,
    added_up.code,
    length(added_up.code) // 2 as code_level,
    case when length(added_up.code) > 3 then left(added_up.code, length(added_up.code) - 2) end as parent_code,
    coalesce(official_names.name, printed.name) as name,
    added_up.is_leaf,
    added_up.amount_yuan,
    added_up.basic_yuan,
    added_up.project_yuan,
    printed.printed_yuan,
    added_up.is_disputed
from added_up
left join printed on added_up.document_id = printed.document_id and added_up.code = printed.code
left join official_names on added_up.code = official_names.code
