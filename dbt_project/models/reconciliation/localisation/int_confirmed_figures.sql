-- Levels of the prose that stand once more elsewhere in their document: in a form, or in another paragraph. Where a
-- rate or a change does not fit such a figure, it is sooner the rate or the change that is wrong.
with levels as (
    select
        claims.claim_id,
        claims.document_id,
        claims.paragraph_no,
        claims.last_digit_yuan as step_yuan,
        round(claims.amount_yuan / claims.last_digit_yuan)::bigint as steps
    from {{ ref('int_claims') }} as claims
    where claims.kind = 'level' and claims.amount_yuan > 0 and claims.last_digit_yuan > 0
),

steps_printed as (
    select distinct
        document_id,
        step_yuan
    from levels
),

-- what forms print, rounded as the prose of their document rounds
printed as (
    select distinct
        cells.document_id,
        steps_printed.step_yuan,
        round(cells.value_yuan / steps_printed.step_yuan)::bigint as steps
    from {{ ref('int_cells') }} as cells
    inner join steps_printed on cells.document_id = steps_printed.document_id
    where cells.cell_state = 'printed' and cells.value_yuan >= steps_printed.step_yuan
),

repeated as (
    select
        document_id,
        step_yuan,
        steps
    from levels
    group by document_id, step_yuan, steps
    having count(distinct paragraph_no) > 1
),

elsewhere as (
    select * from printed
    union
    select * from repeated
)

select
    levels.claim_id as cell_id,
    levels.document_id
from levels
inner join elsewhere
    on
        levels.document_id = elsewhere.document_id
        and levels.step_yuan = elsewhere.step_yuan
        and levels.steps = elsewhere.steps
