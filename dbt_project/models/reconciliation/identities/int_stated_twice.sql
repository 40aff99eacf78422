-- The first question that any layout is asked: amounts of one coordinate, on different forms, are one figure. The first
-- form that states it is held against each of the others.
with figures as (
    select
        coordinates.cell_id,
        coordinates.document_id,
        coordinates.form_id,
        coordinates.side_no,
        coordinates.col_no,
        coordinates.flow,
        coordinates.is_kind_assumed as is_assumed,
        coordinates.function_code = 'all' and coordinates.economic_code = 'all'
        and coordinates.economic_code_government = 'all' as is_of_all,
        documents.reconciled_as,
        forms.form_no,
        cells.value_yuan,
        cells.last_digit_yuan,
        cells.cell_state = 'unit_missing' as has_no_unit,
        -- what we may have misread, or are not sure of, accuses nobody
        coalesce(forms.certainty >= 0.8 and forms.form_key is not null and forms.unit_source = 'printed', false)
        and cells.doubt is null
        and lines.doubt is null as is_certain,
        concat_ws('|', documents.reconciled_as, {{ coordinate_columns('coordinates') }}) as coordinate
    from {{ ref('int_amount_coordinates') }} as coordinates
    inner join {{ ref('int_documents') }} as documents
        on coordinates.document_id = documents.document_id and documents.document_role != 'government'
    inner join {{ ref('int_cells') }} as cells on coordinates.cell_id = cells.cell_id
    inner join {{ ref('stg_lines') }} as lines on cells.line_id = lines.line_id
    inner join {{ ref('stg_forms') }} as forms on coordinates.form_id = forms.form_id
    where
        coordinates.is_stated_as_such
        and {{ coordinate_is_known('coordinates') }}
        and cells.cell_state in ('printed', 'dash', 'unit_missing')
),

-- a form that gives one coordinate several figures was misunderstood by us: it states none of them
stated as (
    select
        coordinate,
        form_id,
        -- what is received and what is spent with the balances are one figure, on the two sides of one form
        case when flow = 'turnover' then side_no end as side_no,
        min(form_no) as form_no,
        min(cell_id) as cell_id
    from figures
    group by coordinate, form_id, case when flow = 'turnover' then side_no end
    having min(value_yuan) = max(value_yuan)
),

ordered as (
    select
        *,
        first_value(cell_id) over of_coordinate as first_cell_id
    from stated
    window of_coordinate as (partition by coordinate order by form_no, form_id, side_no)
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
        firsts.is_assumed or others.is_assumed as is_assumed,
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
    from ordered
    inner join figures as firsts on ordered.first_cell_id = firsts.cell_id
    inner join figures as others on ordered.cell_id = others.cell_id
    where
        ordered.cell_id != ordered.first_cell_id
        -- equal zeros say nothing
        and (firsts.value_yuan != 0 or others.value_yuan != 0)
),

-- two columns that print the same figures row by row are of one coordinate: what differs in one row is then no doubt
-- about the columns
columns_agree as (
    select
        columns_id,
        count(distinct value_yuan) filter (abs(apart_yuan) <= rounding_yuan + cut_off_yuan) as figures_equal,
        count(*) filter (abs(apart_yuan) > rounding_yuan + cut_off_yuan) as pairs_apart,
        count(*) as pairs
    from pairs
    where not has_no_unit
    group by columns_id
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
