-- Why each broken identity breaks: the one figure, the missing or doubled line, or nobody knows. One cause has one id,
-- however many identities it breaks.
with broken as (
    select *
    from {{ ref('identity_results') }}
    where outcome = 'breaks'
),

repairs as (
    select * from {{ ref('int_repairs') }}
),

-- what corrections are to each identity: their weight in it
corrected as (
    select
        terms.identity_id,
        repairs.correctable_id,
        repairs.round_no,
        repairs.identities_repaired,
        sum(terms.weight * repairs.correction_yuan)::decimal(20, 2) as effect_yuan
    from repairs
    inner join {{ ref('int_identity_terms') }} as terms on repairs.cell_id = terms.cell_id
    semi join broken on terms.identity_id = broken.identity_id
    group by terms.identity_id, repairs.correctable_id, repairs.round_no, repairs.identities_repaired
    having sum(terms.weight) != 0
),

after_repairs as (
    select
        broken.identity_id,
        broken.document_id,
        broken.rule_id,
        broken.residual_yuan,
        (broken.residual_yuan + coalesce(sum(corrected.effect_yuan), 0))::decimal(20, 2) as left_over_yuan,
        broken.tolerance_yuan,
        -- of several, the one that explains most else; of equals always the same
        arg_min(
            corrected.correctable_id,
            struct_pack(
                worth := corrected.round_no - corrected.identities_repaired * 100,
                correctable_id := corrected.correctable_id
            )
        ) as correctable_id
    from broken
    left join corrected on broken.identity_id = corrected.identity_id
    group by
        broken.identity_id, broken.document_id, broken.rule_id, broken.residual_yuan, broken.tolerance_yuan
),

unexplained as (
    select *
    from after_repairs
    where abs(left_over_yuan) > tolerance_yuan + 0.005
),

-- sums over lines that do not add up: one row per whole and column
open_sums as (
    select
        unexplained.identity_id,
        unexplained.document_id,
        unexplained.left_over_yuan,
        unexplained.tolerance_yuan,
        whole.line_id as whole_line_id
    from unexplained
    inner join {{ ref('identities') }} as rules
        on unexplained.rule_id = rules.rule_id and rules.family in ('tree', 'column')
    inner join {{ ref('int_identity_terms') }} as whole
        on unexplained.identity_id = whole.identity_id and whole.term_no = 1
),

wholes as (
    select
        whole_line_id,
        count(*) as columns_open,
        bool_and(left_over_yuan > 0) as parts_fall_short
    from open_sums
    group by whole_line_id
    having count(*) > 1 and (bool_and(left_over_yuan > 0) or bool_and(left_over_yuan < 0))
),

-- a line that the parts have too many: what they exceed the whole by, in every column
doubled as (
    select
        open_sums.whole_line_id,
        parts.line_id,
        count(*) as columns_matched
    from open_sums
    inner join wholes on open_sums.whole_line_id = wholes.whole_line_id and not wholes.parts_fall_short
    inner join {{ ref('int_identity_terms') }} as parts
        on
            open_sums.identity_id = parts.identity_id
            and parts.term_no != 1
            and abs(parts.value_yuan + open_sums.left_over_yuan) <= open_sums.tolerance_yuan
    group by open_sums.whole_line_id, parts.line_id
),

doubled_line as (
    select
        doubled.whole_line_id,
        min(doubled.line_id) as line_id
    from doubled
    inner join wholes on doubled.whole_line_id = wholes.whole_line_id and doubled.columns_matched = wholes.columns_open
    group by doubled.whole_line_id
),

line_causes as (
    select
        open_sums.identity_id,
        case
            when wholes.parts_fall_short then 'missing_line'
            -- what stands outside the tree by its code alone was not counted twice: its code is wrong, on every form
            when codes.line_id is not null then 'code'
            else 'line_counted_twice'
        end as cause_kind,
        open_sums.whole_line_id,
        doubled_line.line_id as doubled_line_id,
        codes.printed_code || ' for ' || codes.meant_code as misprint
    from open_sums
    inner join wholes on open_sums.whole_line_id = wholes.whole_line_id
    left join doubled_line on open_sums.whole_line_id = doubled_line.whole_line_id
    left join {{ ref('int_meant_codes') }} as codes
        on doubled_line.line_id = codes.line_id and not wholes.parts_fall_short
    where wholes.parts_fall_short or doubled_line.line_id is not null
)

select
    after_repairs.identity_id,
    after_repairs.document_id,
    case
        when line_causes.identity_id is not null then line_causes.cause_kind
        when unexplained.identity_id is null then 'figure'
        else 'unlocated'
    end as cause_kind,
    'C-' || left(md5(concat_ws(
        '|',
        after_repairs.document_id,
        case
            when line_causes.identity_id is not null
                then coalesce(line_causes.misprint, line_causes.doubled_line_id, line_causes.whole_line_id)
            when unexplained.identity_id is null then after_repairs.correctable_id
            -- what is off by the same amount in one document has one cause, even if nobody knows which
            else 'off by ' || abs(after_repairs.left_over_yuan)
        end
    )), 12) as cause_id,
    case when unexplained.identity_id is null then after_repairs.correctable_id end as correctable_id,
    coalesce(line_causes.doubled_line_id, line_causes.whole_line_id) as line_id,
    after_repairs.left_over_yuan
from after_repairs
left join unexplained on after_repairs.identity_id = unexplained.identity_id
left join line_causes on after_repairs.identity_id = line_causes.identity_id
