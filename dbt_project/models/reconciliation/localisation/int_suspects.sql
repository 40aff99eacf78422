-- The figures that a repair corrects, with what they should say in the unit they are printed in.
with repairs as (
    select
        *,
        false as is_rounding
    from {{ ref('int_repairs') }}
    union all
    select
        *,
        true as is_rounding
    from {{ ref('int_rounding_repairs') }}
),

figures as (
    select
        cell_id,
        min(columns(* exclude (cell_id, document_id, is_doubtful))),
        bool_or(is_doubtful) as is_doubtful
    from {{ ref('int_identity_terms') }}
    where cell_id in (select repairs.cell_id from repairs)
    group by cell_id
),

printed as (
    select
        repairs.*,
        figures.form_id,
        figures.form_key,
        figures.line_id,
        figures.amount_id,
        figures.amount_text,
        figures.unit,
        figures.row_label,
        figures.page_no,
        figures.line_no,
        figures.value_yuan,
        figures.last_digit_yuan,
        figures.is_doubtful,
        (figures.value_yuan + repairs.correction_yuan)::decimal(20, 2) as exact_yuan
    from repairs
    inner join figures on repairs.cell_id = figures.cell_id
),

-- how fine a figure is printed; the prose rounds what forms say, to two decimals where it does not print fewer
stepped as (
    select
        printed.*,
        case
            when printed.form_key = 'narrative' then least(printed.last_digit_yuan, units.yuan / 100)
            else printed.last_digit_yuan
        end as step_yuan
    from printed
    left join {{ ref('units') }} as units on printed.unit = units.printed
),

-- a correction found by a rounded rate is as coarse as the rate; the figure is not
rounded as (
    select
        * exclude (step_yuan),
        case
            when step_yuan > 0 and (form_key = 'narrative' or correction_yuan * 100 % step_yuan != 0)
                then (round(exact_yuan / step_yuan) * step_yuan)::decimal(20, 2)
            else exact_yuan
        end as suggested_yuan
    from stepped
),

in_unit as (
    select
        rounded.*,
        units.yuan as unit_yuan,
        case
            when rounded.slip_kind = 'wrong_unit' and rounded.form_key = 'narrative'
                then case when rounded.correction_yuan > 0 then '万元' else '元' end
            else rounded.unit
        end as suggested_unit
    from rounded
    left join {{ ref('units') }} as units on rounded.unit = units.printed
),

-- with the decimals that are printed; more than two may be what is wrong
in_words as (
    select
        in_unit.correctable_id,
        in_unit.cell_id,
        in_unit.is_rounding,
        regexp_replace(
            (
                in_unit.suggested_yuan
                / coalesce(target_units.yuan, case when in_unit.suggested_unit = '倍' then 100 else 1 end)
            )::decimal(20, 6)::varchar, '\.?0+$', ''
        ) as suggested,
        least(length(coalesce(regexp_extract(in_unit.amount_text, '\.(\d+)', 1), '')), 2) as decimals
    from in_unit
    left join {{ ref('units') }} as target_units on in_unit.suggested_unit = target_units.printed
),

neighbours as (
    select
        in_unit.correctable_id,
        in_unit.cell_id,
        bool_or(others.amount_yuan = in_unit.suggested_yuan and others.amount_yuan != 0) as is_of_next_row
    from in_unit
    inner join {{ ref('stg_amounts') }} as own on in_unit.amount_id = own.amount_id
    inner join {{ ref('stg_amounts') }} as others
        on
            own.form_id = others.form_id
            and own.side_no = others.side_no
            and own.col_no = others.col_no
            and abs(own.row_no - others.row_no) = 1
    group by in_unit.correctable_id, in_unit.cell_id
)

select
    in_unit.document_id,
    in_unit.correctable_id,
    in_unit.cell_id,
    in_unit.is_rounding,
    -- of copies the last, on which the others rest
    row_number() over (
        partition by in_unit.correctable_id, in_unit.is_rounding
        order by in_unit.page_no desc, in_unit.line_no desc, in_unit.cell_id desc
    ) = 1 as is_root,
    in_unit.cells,
    in_unit.amount_id,
    in_unit.form_id,
    in_unit.form_key,
    in_unit.line_id,
    in_unit.row_label,
    in_unit.page_no,
    in_unit.line_no,
    in_unit.amount_text,
    in_unit.unit,
    in_unit.suggested_yuan,
    {{ with_decimals('in_words.suggested', 'in_words.decimals') }}
    || case when in_unit.form_key = 'narrative' then in_unit.suggested_unit else '' end as suggested_text,
    case
        when in_unit.is_blank then 'left_blank'
        when in_unit.slip_kind is not null then in_unit.slip_kind
        when neighbours.is_of_next_row then 'wrong_row'
    end as slip_kind,
    in_unit.identities_repaired,
    case
        when in_unit.identities_broken > 0 then 'likely'
        when in_unit.identities_repaired > 1 then 'several'
        when in_unit.rivals = 0 then 'only_one'
        else 'likely'
    end as evidence,
    in_unit.is_doubtful
from in_unit
inner join in_words
    on
        in_unit.correctable_id = in_words.correctable_id
        and in_unit.cell_id = in_words.cell_id
        and in_unit.is_rounding = in_words.is_rounding
left join neighbours
    on in_unit.correctable_id = neighbours.correctable_id and in_unit.cell_id = neighbours.cell_id
