-- Sums that the prose itself states: a change, a rate or a share with the figures beside it that it is made of.
-- A change follows the level that changed, a rate the figures it is a rate of: the last ones said before it.
with claims as (
    select *
    from {{ ref('int_claims') }}
    where kind in ('change', 'rate', 'share')
),

levels as (
    select *
    from {{ ref('int_claims') }}
    where kind = 'level'
),

-- the figures shortly before a figure, in the same paragraph
before as (
    select
        claims.claim_id,
        levels.claim_id as level_id,
        levels.claim_no,
        levels.claim_year,
        coalesce(levels.stated_as, 'actual') as stated_as,
        levels.stated_as is null as is_plain,
        levels.subject_plain = claims.subject_plain as is_of_the_subject,
        levels.subject_plain = claims.whole as is_of_the_whole
    from claims
    inner join levels
        on
            claims.document_id = levels.document_id
            and claims.section is not distinct from levels.section
            and claims.paragraph_no = levels.paragraph_no
            and claims.claim_no > levels.claim_no
),

nearest as (
    select
        claim_id,
        arg_max(level_id, claim_no) filter (
            is_of_the_subject and claim_year = 'this' and stated_as = 'actual'
        ) as this_year_id,
        arg_max(level_id, claim_no) filter (is_of_the_subject and claim_year = 'last') as last_year_id,
        arg_max(level_id, claim_no) filter (stated_as = 'budgeted' and claim_year = 'this') as budgeted_id,
        arg_max(claim_no, claim_no) filter (stated_as = 'budgeted' and claim_year = 'this') as budgeted_no,
        arg_max(level_id, claim_no) filter (
            stated_as = 'actual' and not is_plain and claim_year = 'this'
        ) as actual_id,
        arg_max(claim_no, claim_no) filter (
            stated_as = 'actual' and not is_plain and claim_year = 'this'
        ) as actual_no,
        arg_max(level_id, claim_no) filter (is_of_the_whole and claim_year = 'this') as whole_id
    from before
    group by claim_id
),

changes as (
    select
        claims.claim_id as change_id,
        claims.document_id,
        claims.section,
        claims.paragraph_no,
        claims.claim_no,
        claims.subject_plain,
        claims.direction,
        coalesce(claims.compared_with, 'last_year') = 'budget' as is_from_budget
    from claims
    where claims.kind = 'change'
),

-- what a change leads from and to: the two years, or the budget and what came of it
changes_between as (
    select
        changes.change_id,
        changes.document_id,
        changes.direction,
        changes.is_from_budget,
        case when changes.is_from_budget then nearest.actual_id else nearest.this_year_id end as after_id,
        case when changes.is_from_budget then nearest.budgeted_id else nearest.last_year_id end as before_id
    from changes
    inner join nearest on changes.change_id = nearest.claim_id
),

rates_of_change as (
    select
        rates.claim_id as rate_id,
        rates.document_id,
        arg_max(changes.change_id, changes.claim_no) as change_id
    from claims as rates
    inner join changes
        on
            rates.document_id = changes.document_id
            and rates.paragraph_no = changes.paragraph_no
            and rates.subject_plain = changes.subject_plain
            and rates.direction = changes.direction
            and rates.claim_no > changes.claim_no
    where rates.kind = 'rate' and rates.direction is not null
    group by rates.claim_id, rates.document_id
),

-- a whole that the prose does not repeat stands in a form
wholes_in_forms as (
    select
        claims.claim_id,
        min(cells.cell_id) as whole_id
    from claims
    inner join {{ ref('share_wholes') }} as wholes on regexp_full_match(claims.whole, wholes.whole_pattern)
    inner join {{ ref('int_cells') }} as cells
        on
            claims.document_id = cells.document_id
            and cells.is_own
            and wholes.form_key = cells.form_key
            and wholes.measure = cells.measure
            and cells.cell_state in ('printed', 'unit_missing')
    inner join {{ ref('int_lines') }} as lines
        on cells.line_id = lines.line_id and wholes.line_key = lines.line_key and lines.row_kind != 'repeat'
    where claims.kind = 'share'
    group by claims.claim_id
    having count(*) = 1
),

execution_rates as (
    select
        claims.claim_id,
        claims.document_id,
        executed.cell_id as executed_id,
        budgeted.cell_id as budgeted_id
    from claims
    inner join {{ ref('int_cells') }} as executed
        on
            claims.document_id = executed.document_id
            and executed.is_own
            and claims.line_no = executed.line_no
            and claims.page_no is not distinct from executed.page_no
            and executed.measure = 'annual_execution'
    inner join {{ ref('int_cells') }} as budgeted
        on executed.line_id = budgeted.line_id and budgeted.measure = 'annual_budget' and budgeted.is_own
    where claims.kind = 'rate' and claims.whole like '执行率%'
)

-- part = sum of factor × figure, or, where a rate is named, part = rate × that sum
select
    case when changes.is_from_budget then 'claims.change_from_budget' else 'claims.change_of_levels' end as rule_id,
    changes.document_id,
    changes.change_id as claim_id,
    changes.change_id as part_id,
    null as rate_id,
    [
        struct_pack(cell_id := changes.after_id, factor := case when changes.direction = 'up' then 1 else -1 end),
        struct_pack(cell_id := changes.before_id, factor := case when changes.direction = 'up' then -1 else 1 end)
    ] as figures
from changes_between as changes
where changes.after_id is not null and changes.before_id is not null

union all

-- the year before is this year's level less the change
select
    'claims.change_rate' as rule_id,
    rates_of_change.document_id,
    rates_of_change.rate_id as claim_id,
    rates_of_change.change_id as part_id,
    rates_of_change.rate_id,
    [
        struct_pack(cell_id := nearest.this_year_id, factor := 1),
        struct_pack(
            cell_id := rates_of_change.change_id, factor := case when changes.direction = 'up' then -1 else 1 end
        )
    ] as figures
from rates_of_change
inner join changes on rates_of_change.change_id = changes.change_id and not changes.is_from_budget
inner join nearest on rates_of_change.change_id = nearest.claim_id
where nearest.this_year_id is not null

union all

select
    'claims.completion_rate' as rule_id,
    claims.document_id,
    claims.claim_id,
    nearest.actual_id as part_id,
    claims.claim_id as rate_id,
    [struct_pack(cell_id := nearest.budgeted_id, factor := 1)] as figures
from claims
inner join nearest on claims.claim_id = nearest.claim_id
where
    claims.kind = 'rate'
    and claims.direction is null
    and claims.whole like '%预算%'
    and nearest.actual_no > nearest.budgeted_no

union all

select
    'claims.share' as rule_id,
    claims.document_id,
    claims.claim_id,
    nearest.this_year_id as part_id,
    claims.claim_id as rate_id,
    [struct_pack(cell_id := coalesce(nearest.whole_id, wholes_in_forms.whole_id), factor := 1)] as figures
from claims
inner join nearest on claims.claim_id = nearest.claim_id
left join wholes_in_forms on claims.claim_id = wholes_in_forms.claim_id
where
    claims.kind = 'share'
    and coalesce(nearest.whole_id, wholes_in_forms.whole_id) is not null
    and nearest.this_year_id is not null

union all

select
    'performance.execution_rate' as rule_id,
    execution_rates.document_id,
    execution_rates.claim_id,
    execution_rates.executed_id as part_id,
    execution_rates.claim_id as rate_id,
    [struct_pack(cell_id := execution_rates.budgeted_id, factor := 1)] as figures
from execution_rates
