-- What the prose states between its figures, as sums: a change, a rate, a share or a list with the figures it is made
-- of. Which figures those are is read with the words (staging.relations); here they become one equation a relation.
with claims as (
    select *
    from {{ ref('int_claims') }}
    where kind in ('change', 'rate', 'share')
),

relations as (
    select
        relations.*,
        min(terms.claim_id) filter (terms.role = 'after') as after_id,
        min(terms.claim_id) filter (terms.role = 'before') as before_id,
        min(terms.claim_id) filter (terms.role = 'change') as change_id,
        min(terms.claim_id) filter (terms.role = 'part') as part_id,
        min(terms.claim_id) filter (terms.role = 'whole') as whole_id
    from {{ ref('stg_relations') }} as relations
    inner join {{ ref('stg_relation_terms') }} as terms on relations.relation_id = terms.relation_id
    group by all
),

asked as (
    select
        relations.*,
        -- where the words leave the direction to the figures (差异), it is theirs; where the figures fit but for the
        -- direction, that alone is wrong, and is told by wording.direction_against_sign
        case
            when
                relations.kind = 'change'
                and abs(abs(afters.amount_yuan - befores.amount_yuan) - changes.amount_yuan)
                <= greatest(afters.last_digit_yuan, befores.last_digit_yuan, changes.last_digit_yuan)
                then case when afters.amount_yuan < befores.amount_yuan then -1 else 1 end
            when
                relations.kind = 'rate_of_change'
                and relations.change_id is null
                and changes.rate_percent >= 0
                and abs(
                    abs(afters.amount_yuan - befores.amount_yuan)::double
                    - befores.amount_yuan::double * changes.rate_percent::double / 100
                ) <= befores.amount_yuan::double * changes.last_digit_percent::double / 100
                then case when afters.amount_yuan < befores.amount_yuan then -1 else 1 end
            when relations.direction = 'down' then -1
            -- 差异率-5%: the rate says itself which way
            when
                relations.direction is null
                and afters.amount_yuan < befores.amount_yuan
                and coalesce(changes.rate_percent >= 0, true)
                then -1
            else 1
        end as sign
    from relations
    left join {{ ref('int_claims') }} as afters on relations.after_id = afters.claim_id
    left join {{ ref('int_claims') }} as befores on relations.before_id = befores.claim_id
    left join {{ ref('int_claims') }} as changes on relations.claim_id = changes.claim_id
    where relations.not_asked_because is null
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
),

-- a list is asked where its words or its shares say that it names all parts
lists as (
    select
        relations.document_id,
        relations.claim_id as whole_id,
        list(struct_pack(cell_id := terms.claim_id, factor := 0, plain := 1) order by terms.term_no) as figures
    from {{ ref('stg_relations') }} as relations
    inner join {{ ref('stg_relation_terms') }} as terms
        on relations.relation_id = terms.relation_id and terms.role = 'part'
    where relations.kind = 'list_sum' and relations.not_asked_because is null
    group by relations.relation_id, relations.document_id, relations.claim_id
),

-- a budget that is not printed is the outcome less what it is more by (完成预算100%，决算数大于预算数5万元)
completed_by_change as (
    select
        completions.document_id,
        completions.claim_id,
        completions.part_id,
        min(changes.claim_id) as change_id,
        min(case when changes.direction = 'down' then -1 else 1 end) as sign
    from relations as completions
    inner join relations as changes
        on
            completions.part_id = changes.after_id
            and changes.kind = 'change'
            and changes.is_from_budget
            and changes.direction is not null
    where completions.kind = 'completion' and completions.not_asked_because = 'whole_not_printed'
    group by completions.document_id, completions.claim_id, completions.part_id
    having count(*) = 1
),

-- what an item of final accounts cost is said in front, and again beside its budget
said_in_front as (
    select *
    from {{ ref('int_claims') }}
    where kind = 'level' and stated_as is null
    qualify row_number() over (
        partition by document_id, paragraph_no, subject_plain, claim_year
        order by claim_no
    ) = 1
),

said_again as (
    select
        fronts.document_id,
        fronts.claim_id,
        min(figures.claim_id) filter (figures.stated_as = 'actual') as final_id
    from said_in_front as fronts
    inner join {{ ref('int_claims') }} as figures
        on
            fronts.document_id = figures.document_id
            and fronts.paragraph_no = figures.paragraph_no
            and fronts.subject_plain = figures.subject_plain
            and fronts.claim_year = figures.claim_year
            and fronts.claim_no < figures.claim_no
            and figures.kind = 'level'
    where regexp_matches(fronts.subject_plain, '（[类款项]）$') and figures.stated_as is not null
    group by fronts.document_id, fronts.claim_id
    -- one final figure, and a budget that is another figure than the one in front
    having
        count(*) filter (figures.stated_as = 'actual') = 1
        and not bool_or(figures.stated_as = 'budgeted' and figures.amount_yuan = fronts.amount_yuan)
)

-- part = sum of (plain + factor × rate) × figure; without a rate the factor says nothing
select
    case when asked.is_from_budget then 'claims.change_from_budget' else 'claims.change_of_levels' end as rule_id,
    asked.document_id,
    asked.claim_id,
    asked.claim_id as part_id,
    null as rate_id,
    [
        struct_pack(cell_id := asked.after_id, factor := 0, plain := asked.sign),
        struct_pack(cell_id := asked.before_id, factor := 0, plain := -asked.sign)
    ] as figures
from asked
where asked.kind = 'change'

union all

-- the year before is printed, or it is this year's level less the change
select
    'claims.change_rate' as rule_id,
    asked.document_id,
    asked.claim_id,
    asked.change_id as part_id,
    asked.claim_id as rate_id,
    case
        when asked.before_id is not null then [struct_pack(cell_id := asked.before_id, factor := 1, plain := 0)]
        else [
            struct_pack(cell_id := asked.after_id, factor := 1, plain := 0),
            struct_pack(cell_id := asked.change_id, factor := -asked.sign, plain := 0)
        ]
    end as figures
from asked
where asked.kind = 'rate_of_change' and asked.change_id is not null

union all

-- no change is printed between the two levels
select
    'claims.change_rate' as rule_id,
    asked.document_id,
    asked.claim_id,
    asked.after_id as part_id,
    asked.claim_id as rate_id,
    [struct_pack(cell_id := asked.before_id, factor := asked.sign, plain := 1)] as figures
from asked
where asked.kind = 'rate_of_change' and asked.change_id is null

union all

select
    'claims.completion_rate' as rule_id,
    asked.document_id,
    asked.claim_id,
    asked.part_id,
    asked.claim_id as rate_id,
    [struct_pack(cell_id := asked.whole_id, factor := 1, plain := 0)] as figures
from asked
where asked.kind = 'completion'

union all

select
    'claims.completion_rate' as rule_id,
    document_id,
    claim_id,
    part_id,
    claim_id as rate_id,
    [
        struct_pack(cell_id := part_id, factor := 1, plain := 0),
        struct_pack(cell_id := change_id, factor := -sign, plain := 0)
    ] as figures
from completed_by_change

union all

select
    'claims.share' as rule_id,
    relations.document_id,
    relations.claim_id,
    relations.part_id,
    relations.claim_id as rate_id,
    [
        struct_pack(cell_id := coalesce(relations.whole_id, wholes_in_forms.whole_id), factor := 1, plain := 0)
    ] as figures
from relations
left join wholes_in_forms on relations.claim_id = wholes_in_forms.claim_id
where
    relations.kind = 'share'
    and relations.part_id is not null
    and case
        when relations.not_asked_because in ('whole_not_printed', 'several_figures')
            then wholes_in_forms.whole_id is not null
        else relations.not_asked_because is null
    end

union all

select
    'claims.multiple' as rule_id,
    asked.document_id,
    asked.claim_id,
    asked.part_id,
    asked.claim_id as rate_id,
    [struct_pack(cell_id := asked.whole_id, factor := 1, plain := 0)] as figures
from asked
where asked.kind = 'multiple'

union all

-- what there is in all is as much for each of those counted, times their number
select
    'claims.average' as rule_id,
    asked.document_id,
    asked.claim_id,
    asked.whole_id as part_id,
    null as rate_id,
    [struct_pack(cell_id := asked.claim_id, factor := 0, plain := asked.quantity::integer)] as figures
from asked
where asked.kind = 'average'

union all

select
    'claims.list_sum' as rule_id,
    lists.document_id,
    lists.whole_id as claim_id,
    lists.whole_id as part_id,
    null as rate_id,
    lists.figures
from lists

union all

select
    'claims.said_again' as rule_id,
    said_again.document_id,
    said_again.claim_id,
    said_again.claim_id as part_id,
    null as rate_id,
    [struct_pack(cell_id := said_again.final_id, factor := 0, plain := 1)] as figures
from said_again

union all

select
    'performance.execution_rate' as rule_id,
    execution_rates.document_id,
    execution_rates.claim_id,
    execution_rates.executed_id as part_id,
    execution_rates.claim_id as rate_id,
    [struct_pack(cell_id := execution_rates.budgeted_id, factor := 1, plain := 0)] as figures
from execution_rates
