-- The first question that any layout is asked: amounts of one coordinate, on different forms, are one figure. The first
-- form that states it is held against each of the others.
with ordered as (
    select
        *,
        first_value(cell_id) over of_coordinate as first_cell_id
    from {{ ref('int_stated_figures') }}
    window of_coordinate as (
        partition by reconciled_as, {{ coordinate_columns() }} order by form_no, form_id, side_no
    )
),

pairs as (
    select
        'figure.stated_twice:' || others.cell_id as identity_id,
        firsts.document_id,
        firsts.cell_id as first_cell_id,
        others.cell_id as other_cell_id,
        concat_ws(
            '|', firsts.form_id, firsts.side_no, firsts.col_no, others.form_id, others.side_no, others.col_no
        ) as columns_id,
        firsts.is_certain and others.is_certain as is_certain,
        firsts.is_kind_assumed or others.is_kind_assumed as is_assumed,
        firsts.is_of_all and others.is_of_all as is_of_all,
        firsts.has_no_unit or others.has_no_unit as has_no_unit,
        greatest(firsts.value_yuan, others.value_yuan) as value_yuan,
        (firsts.value_yuan - others.value_yuan)::decimal(20, 2) as apart_yuan,
        {{ rounding('firsts.last_digit_yuan') }} + {{ rounding('others.last_digit_yuan') }} as rounding_yuan,
        -- what is printed coarser may have been cut off instead of rounded
        case
            when
                (firsts.last_digit_yuan > others.last_digit_yuan and firsts.value_yuan < others.value_yuan)
                or (firsts.last_digit_yuan < others.last_digit_yuan and firsts.value_yuan > others.value_yuan)
                then abs(firsts.last_digit_yuan - others.last_digit_yuan) / 2
            else 0
        end::decimal(20, 4) as cut_off_yuan
    from ordered as others
    inner join ordered as firsts on others.first_cell_id = firsts.cell_id
    where
        others.cell_id != others.first_cell_id
        -- equal zeros say nothing
        and (firsts.value_yuan != 0 or others.value_yuan != 0)
),

-- two columns that print the same figures row by row are of one coordinate: what differs in one row is then no doubt
-- about the columns
columns_agree as (
    {{ columns_agree('pairs', 'columns_id', 'rounding_yuan + cut_off_yuan') }}
),

-- a difference that goes on up to the total is no slip of the pen: each form adds up, so they are of different money
wholly_apart as (
    select
        columns_id,
        apart_yuan
    from pairs
    where not has_no_unit and abs(apart_yuan) > rounding_yuan + cut_off_yuan
    group by columns_id, apart_yuan
    having bool_or(is_of_all) and not bool_and(is_of_all)
)

select
    pairs.identity_id,
    pairs.document_id,
    pairs.first_cell_id,
    pairs.other_cell_id,
    pairs.is_certain,
    pairs.cut_off_yuan,
    case
        when pairs.has_no_unit then 'unit_missing'
        when pairs.is_assumed and columns_agree.figures_equal < 3 then 'coordinate_unproven'
        when abs(pairs.apart_yuan) <= pairs.rounding_yuan + pairs.cut_off_yuan then null
        -- totals of forms that are known for certain need no other figures to show what they are of; nor is one
        -- difference between such forms a sign that their columns are of different money
        when columns_agree.figures_equal < 2 and not (pairs.is_certain and pairs.is_of_all) then 'coordinate_unproven'
        when
            if(pairs.is_certain, 2, 4) * columns_agree.pairs_apart > columns_agree.pairs
            and not (pairs.is_certain and columns_agree.pairs_apart = 1)
            then 'coordinate_unproven'
        when balances.document_id is not null or wholly_apart.columns_id is not null then 'coverage_may_differ'
    end as not_asked_because
from pairs
left join columns_agree on pairs.columns_id = columns_agree.columns_id
left join {{ ref('int_balances') }} as balances
    on pairs.document_id = balances.document_id and abs(pairs.apart_yuan) = balances.value_yuan
left join wholly_apart
    on pairs.columns_id = wholly_apart.columns_id and pairs.apart_yuan = wholly_apart.apart_yuan
