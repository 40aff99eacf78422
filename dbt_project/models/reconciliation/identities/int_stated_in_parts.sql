-- The third question that any layout is asked: what is of all appropriations is the sum of the budgets that they come
-- from, each on the form of its own, code by code; and so is what is of all money, where all of it is appropriated.
with appropriated_alone as (
    -- all that is printed of one flow is of appropriations: of the whole, so it is of each part
    select
        wholes.reconciled_as,
        wholes.fiscal_year,
        wholes.budget_version,
        wholes.flow
    from {{ ref('int_stated_figures') }} as wholes
    inner join {{ ref('int_stated_figures') }} as appropriated
        on
            wholes.reconciled_as = appropriated.reconciled_as
            and wholes.fiscal_year = appropriated.fiscal_year
            and wholes.budget_version = appropriated.budget_version
            and wholes.flow = appropriated.flow
            and appropriated.is_of_all
            and appropriated.subject = 'all'
            and appropriated.spending_kind = 'total'
            and appropriated.fund in ('fiscal_appropriation', 'general_public', 'government_fund', 'state_capital')
    where wholes.is_of_all and wholes.subject = 'all' and wholes.spending_kind = 'total' and wholes.fund = 'all'
    group by wholes.reconciled_as, wholes.fiscal_year, wholes.budget_version, wholes.flow
    having
        min(wholes.value_yuan) = max(wholes.value_yuan)
        and (
            min(wholes.value_yuan) = max(appropriated.value_yuan) filter (appropriated.fund = 'fiscal_appropriation')
            or min(wholes.value_yuan)
            = coalesce(max(appropriated.value_yuan) filter (appropriated.fund = 'general_public'), 0)
            + coalesce(max(appropriated.value_yuan) filter (appropriated.fund = 'government_fund'), 0)
            + coalesce(max(appropriated.value_yuan) filter (appropriated.fund = 'state_capital'), 0)
        )
),

-- the form that states a coordinate first; others of it are held against that one already
firsts as (
    select *
    from {{ ref('int_stated_figures') }}
    qualify row_number() over (
        partition by reconciled_as, {{ coordinate_columns() }} order by form_no, form_id, side_no
    ) = 1
),

wholes as (
    select firsts.*
    from firsts
    left join appropriated_alone as alone
        on
            firsts.reconciled_as = alone.reconciled_as
            and firsts.fiscal_year = alone.fiscal_year
            and firsts.budget_version = alone.budget_version
            and firsts.flow = alone.flow
    where
        firsts.fund = 'fiscal_appropriation'
        or (firsts.fund = 'all' and alone.flow is not null)
),

-- the appropriation in all where one form states it, or the budgets that it comes from
parts as (
    select
        wholes.cell_id as whole_cell_id,
        parts.cell_id,
        parts.form_id,
        parts.fund,
        parts.value_yuan,
        parts.last_digit_yuan,
        parts.is_certain,
        parts.has_no_unit,
        parts.is_kind_assumed
    from wholes
    inner join firsts as parts
        on
            wholes.reconciled_as = parts.reconciled_as
            and wholes.scope = parts.scope
            and wholes.fiscal_year = parts.fiscal_year
            and wholes.budget_version = parts.budget_version
            and wholes.flow = parts.flow
            and wholes.spending_kind = parts.spending_kind
            and wholes.function_code = parts.function_code
            and wholes.economic_code = parts.economic_code
            and wholes.economic_code_government = parts.economic_code_government
            and wholes.subject = parts.subject
            and wholes.project = parts.project
            and parts.fund in ('fiscal_appropriation', 'general_public', 'government_fund', 'state_capital')
            and wholes.fund != parts.fund
    qualify
        parts.fund = 'fiscal_appropriation'
        or not bool_or(parts.fund = 'fiscal_appropriation') over (partition by wholes.cell_id)
),

-- budgets with money, in whatever flow, and what is listed of each flow of theirs: what the forms of a budget do not
-- list is nothing of it, but for what they do not list at all
budgets as (
    select
        reconciled_as,
        fiscal_year,
        budget_version,
        fund
    from firsts
    where fund in ('general_public', 'government_fund', 'state_capital')
    group by reconciled_as, fiscal_year, budget_version, fund
    having max(abs(value_yuan)) > 0
),

listed as (
    select
        reconciled_as,
        fiscal_year,
        budget_version,
        fund,
        flow,
        spending_kind,
        -- classes, groups or items: a form of items alone says nothing of a class
        list(distinct length(function_code)) filter (function_code != 'all') as function_levels,
        list(distinct length(economic_code)) filter (economic_code != 'all') as economic_levels,
        list(distinct length(economic_code_government)) filter (economic_code_government != 'all') as government_levels
    from firsts
    group by reconciled_as, fiscal_year, budget_version, fund, flow, spending_kind
),

-- forms that nobody could name may hold a part
with_unnamed_forms as (
    select distinct documents.reconciled_as
    from {{ ref('stg_forms') }} as forms
    inner join {{ ref('int_documents') }} as documents on forms.document_id = documents.document_id
    semi join {{ ref('stg_amounts') }} as amounts on forms.form_id = amounts.form_id
    where forms.form_key is null
),

summed as (
    select
        wholes.cell_id,
        min(wholes.document_id) as document_id,
        min(wholes.reconciled_as) as reconciled_as,
        bool_or(wholes.is_of_all) as is_of_all,
        min(concat_ws('|', wholes.form_id, wholes.side_no, wholes.col_no)) as column_id,
        bool_and(wholes.is_certain and parts.is_certain) as is_certain,
        bool_or(wholes.has_no_unit or parts.has_no_unit) as has_no_unit,
        bool_or(wholes.is_kind_assumed or parts.is_kind_assumed) as is_assumed,
        list(parts.cell_id order by parts.cell_id) as part_cells,
        list(parts.fund) as funds,
        min(wholes.value_yuan) as value_yuan,
        (min(wholes.value_yuan) - sum(parts.value_yuan))::decimal(20, 2) as apart_yuan,
        min({{ rounding('wholes.last_digit_yuan') }}) + sum({{ rounding('parts.last_digit_yuan') }})
            as rounding_yuan
    from wholes
    inner join parts on wholes.cell_id = parts.whole_cell_id
    group by wholes.cell_id
    having
        -- what stands in one row is asked along the row
        not bool_and(wholes.form_id = parts.form_id)
        and (min(wholes.value_yuan) != 0 or max(abs(parts.value_yuan)) != 0)
),

incomplete as (
    select distinct summed.cell_id
    from summed
    inner join wholes on summed.cell_id = wholes.cell_id
    inner join budgets
        on
            wholes.reconciled_as = budgets.reconciled_as
            and wholes.fiscal_year = budgets.fiscal_year
            and wholes.budget_version = budgets.budget_version
            and not list_contains(summed.funds, budgets.fund)
            and not list_contains(summed.funds, 'fiscal_appropriation')
    left join listed
        on
            budgets.reconciled_as = listed.reconciled_as
            and budgets.fiscal_year = listed.fiscal_year
            and budgets.budget_version = listed.budget_version
            and budgets.fund = listed.fund
            and wholes.flow = listed.flow
            and wholes.spending_kind = listed.spending_kind
    where
        wholes.is_of_all
        or listed.fund is null
        or (
            wholes.function_code != 'all'
            and not coalesce(list_contains(listed.function_levels, length(wholes.function_code)), false)
        )
        or (
            wholes.economic_code != 'all'
            and not coalesce(list_contains(listed.economic_levels, length(wholes.economic_code)), false)
        )
        or (
            wholes.economic_code_government != 'all'
            and not coalesce(
                list_contains(listed.government_levels, length(wholes.economic_code_government)), false
            )
        )
),

-- a column whose figures are these sums, most of them, is of that money
columns_agree as (
    {{ columns_agree('summed', 'column_id') }}
)

select
    'figure.sum_of_budgets:' || summed.cell_id as identity_id,
    summed.document_id,
    summed.cell_id as whole_cell_id,
    summed.part_cells,
    summed.is_certain,
    case
        when summed.has_no_unit then 'unit_missing'
        when incomplete.cell_id is not null then 'line_not_printed'
        when summed.is_assumed and columns_agree.figures_equal < 3 then 'coordinate_unproven'
        when abs(summed.apart_yuan) <= summed.rounding_yuan then null
        when not summed.is_certain or unnamed.reconciled_as is not null then 'coordinate_unproven'
        when columns_agree.figures_equal = 0 and not summed.is_of_all then 'coordinate_unproven'
        when 2 * columns_agree.pairs_apart > columns_agree.pairs and columns_agree.pairs_apart > 1
            then 'coordinate_unproven'
        when balances.document_id is not null then 'coverage_may_differ'
    end as not_asked_because
from summed
left join incomplete on summed.cell_id = incomplete.cell_id
left join columns_agree on summed.column_id = columns_agree.column_id
left join with_unnamed_forms as unnamed on summed.reconciled_as = unnamed.reconciled_as
left join {{ ref('int_balances') }} as balances
    on summed.document_id = balances.document_id and abs(summed.apart_yuan) = balances.value_yuan
