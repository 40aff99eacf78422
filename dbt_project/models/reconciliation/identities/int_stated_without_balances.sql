-- The fourth question that any layout is asked: where a disclosure prints no balances, what is received, what is spent
-- and what both come to are one figure, code by code.
with flowing as (
    select *
    from {{ ref('int_stated_figures') }}
    where flow in ('revenue', 'expenditure', 'turnover') and spending_kind = 'total' and subject = 'all'
),

-- the form that states each flow of a coordinate first
firsts as (
    select
        *,
        first_value(cell_id) over of_money as first_cell_id
    from (
        select *
        from flowing
        qualify row_number() over (
            partition by reconciled_as, {{ coordinate_columns() }} order by form_no, form_id, side_no
        ) = 1
    )
    window of_money as (
        partition by
            reconciled_as, scope, fiscal_year, budget_version, fund, function_code, economic_code,
            economic_code_government, project
        order by form_no, form_id, side_no, flow
    )
),

pairs as (
    select
        'figure.same_without_balances:' || others.cell_id as identity_id,
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
        {{ rounding('firsts.last_digit_yuan') }} + {{ rounding('others.last_digit_yuan') }} as rounding_yuan
    from firsts as others
    inner join firsts on others.first_cell_id = firsts.cell_id
    inner join {{ ref('int_conditions_met') }} as conditions_met
        on firsts.document_id = conditions_met.document_id and conditions_met.condition = 'no_carry'
    where
        others.cell_id != others.first_cell_id
        and (firsts.value_yuan != 0 or others.value_yuan != 0)
        and firsts.document_id not in (select balances.document_id from {{ ref('int_balances') }} as balances)
),

columns_agree as (
    {{ columns_agree('pairs', 'columns_id') }}
)

select
    pairs.identity_id,
    pairs.document_id,
    pairs.first_cell_id,
    pairs.other_cell_id,
    pairs.is_certain,
    case
        when pairs.has_no_unit then 'unit_missing'
        when pairs.is_assumed and columns_agree.figures_equal < 3 then 'coordinate_unproven'
        when abs(pairs.apart_yuan) <= pairs.rounding_yuan then null
        when not pairs.is_certain then 'coordinate_unproven'
        when columns_agree.figures_equal < 2 and not pairs.is_of_all then 'coordinate_unproven'
        when 2 * columns_agree.pairs_apart > columns_agree.pairs and columns_agree.pairs_apart > 1
            then 'coordinate_unproven'
    end as not_asked_because
from pairs
left join columns_agree on pairs.columns_id = columns_agree.columns_id
