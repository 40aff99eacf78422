-- The terms of the questions that are asked of any layout, by coordinates alone, and why some cannot be asked.
with pairs as (
    select * from {{ ref('int_stated_twice') }}
    union all by name
    select
        *,
        0::decimal(20, 4) as cut_off_yuan
    from {{ ref('int_stated_without_balances') }}
),

stated_twice as (
    select
        pairs.identity_id,
        split_part(pairs.identity_id, ':', 1) as rule_id,
        pairs.document_id,
        sides.term_no,
        sides.sign,
        case when sides.term_no = 1 then pairs.first_cell_id else pairs.other_cell_id end as cell_id,
        not pairs.is_certain as is_doubtful,
        case when sides.term_no = 1 then pairs.cut_off_yuan else 0 end::decimal(20, 4) as cut_off_yuan,
        pairs.not_asked_because
    from pairs
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

in_parts as (
    select
        identity_id,
        'figure.sum_of_budgets' as rule_id,
        document_id,
        generate_subscripts(part_cells, 1)::integer + 1 as term_no,
        -1 as sign,
        unnest(part_cells) as cell_id,
        not is_certain as is_doubtful,
        0::decimal(20, 4) as cut_off_yuan,
        not_asked_because
    from {{ ref('int_stated_in_parts') }}
    union all
    select
        identity_id,
        'figure.sum_of_budgets' as rule_id,
        document_id,
        1 as term_no,
        1 as sign,
        whole_cell_id as cell_id,
        not is_certain as is_doubtful,
        0::decimal(20, 4) as cut_off_yuan,
        not_asked_because
    from {{ ref('int_stated_in_parts') }}
),

in_prose as (
    select
        identity_id,
        'figure.stated_in_prose' as rule_id,
        document_id,
        1 as term_no,
        1 as sign,
        claim_id as cell_id,
        not is_certain as is_doubtful,
        0::decimal(20, 4) as cut_off_yuan,
        not_asked_because
    from {{ ref('int_stated_in_prose') }}
    union all
    -- an item that no form has is a question with one term
    select
        identity_id,
        'figure.stated_in_prose' as rule_id,
        document_id,
        2 as term_no,
        -1 as sign,
        cell_id,
        not is_certain as is_doubtful,
        0::decimal(20, 4) as cut_off_yuan,
        not_asked_because
    from {{ ref('int_stated_in_prose') }}
    where cell_id is not null
)

select * from stated_twice
union all by name
select * from in_prose
union all by name
select * from in_parts
union all by name
select * from changes
