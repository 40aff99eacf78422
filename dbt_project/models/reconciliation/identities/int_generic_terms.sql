-- The terms of the questions that are asked of any layout, by coordinates alone, and why some cannot be asked.
with stated_twice as (
    select
        twice.identity_id,
        'figure.stated_twice' as rule_id,
        twice.document_id,
        sides.term_no,
        sides.sign,
        case when sides.term_no = 1 then twice.first_cell_id else twice.other_cell_id end as cell_id,
        not twice.is_certain as is_doubtful,
        case when sides.term_no = 1 then twice.cut_off_yuan else 0 end::decimal(20, 4) as cut_off_yuan,
        twice.not_asked_because
    from {{ ref('int_stated_twice') }} as twice
    cross join (values (1, 1), (2, -1)) as sides (term_no, sign)
),

changes as (
    select
        changes.identity_id,
        'figure.change' as rule_id,
        changes.document_id,
        sides.term_no,
        sides.sign,
        case sides.term_no
            when 1 then changes.change_cell_id
            when 2 then changes.after_cell_id
            else changes.before_cell_id
        end as cell_id,
        not changes.is_certain as is_doubtful,
        0::decimal(20, 4) as cut_off_yuan,
        changes.not_asked_because
    from {{ ref('int_stated_changes') }} as changes
    cross join (values (1, 1), (2, -1), (3, 1)) as sides (term_no, sign)
),

in_prose as (
    select
        stated.identity_id,
        'figure.stated_in_prose' as rule_id,
        stated.document_id,
        sides.term_no,
        sides.sign,
        case when sides.term_no = 1 then stated.claim_id else stated.cell_id end as cell_id,
        not stated.is_certain as is_doubtful,
        0::decimal(20, 4) as cut_off_yuan,
        stated.not_asked_because
    from {{ ref('int_stated_in_prose') }} as stated
    cross join (values (1, 1), (2, -1)) as sides (term_no, sign)
    -- an item that no form has is a question with one term
    where sides.term_no = 1 or stated.cell_id is not null
)

select * from stated_twice
union all by name
select * from in_prose
union all by name
select * from changes
