-- Identities that are not exact, in the figures as they are printed: 41.44 ≠ 17.81＋16.62＋6.68. A figure that a rate is
-- applied to is not repeated beside it: what comes of it is.
with not_exact as (
    select
        identity_id,
        document_id,
        right_yuan,
        residual_yuan
    from {{ ref('identity_results') }}
    where outcome = 'breaks' or (outcome = 'holds' and abs(residual_yuan) > largest_rounding_yuan)
),

figures as (
    select
        terms.identity_id,
        terms.sign,
        terms.weight,
        terms.unit,
        terms.unit in ('%', '％', '倍') as is_rate,
        case
            when ends_with(terms.amount_text, terms.unit) then left(terms.amount_text, -length(terms.unit))
            else terms.amount_text
        end as bare_text,
        row_number() over (
            partition by terms.identity_id, terms.sign
            order by terms.term_no, terms.page_no, terms.line_no, terms.cell_id
        ) as place
    from {{ ref('int_identity_terms') }} as terms
    semi join not_exact on terms.identity_id = not_exact.identity_id
    where terms.cell_state != 'blank' and terms.amount_text is not null
),

units as (
    select
        identity_id,
        min(unit) filter (where not is_rate) as unit,
        count(distinct unit) filter (where not is_rate) = 1 as is_one,
        min(bare_text || unit) filter (where is_rate) as rate_text
    from figures
    group by identity_id
),

-- a side of many figures is said by the first of them and how many there are
sides as (
    select
        figures.identity_id,
        figures.sign,
        string_agg(
            case
                when figures.weight * figures.sign < 0 then '－'
                when figures.place > 1 then '＋'
                else ''
            end
            || figures.bare_text
            || if(units.is_one, '', figures.unit)
            -- an average times how many there are
            || if(
                units.rate_text is null and abs(figures.weight) > 1 and figures.weight % 1 = 0,
                format('×{}', abs(figures.weight)::bigint), ''
            ),
            ''
            order by figures.place
        ) filter (where figures.place <= {{ var('figures_said') }}) as side_text,
        count(*) as figures
    from figures
    inner join units on figures.identity_id = units.identity_id
    where not figures.is_rate
    group by figures.identity_id, figures.sign
),

-- what a rate makes of a figure is told to the yuan, where the figure is not
sums as (
    select
        not_exact.identity_id,
        not_exact.document_id,
        if(units.rate_text is null or units.unit = '元', not_exact.right_yuan, round(not_exact.right_yuan))
            as right_yuan,
        if(units.rate_text is null or units.unit = '元', not_exact.residual_yuan, round(not_exact.residual_yuan))
            as residual_yuan
    from not_exact
    left join units on not_exact.identity_id = units.identity_id
),

said as (
    select
        sums.identity_id,
        sums.document_id,
        coalesce(units.unit, '元') as unit,
        units.is_one,
        units.rate_text,
        coalesce(left_side.side_text, '0') as left_text,
        coalesce(right_side.side_text, '0') as right_text,
        coalesce(left_side.figures, 0) as left_figures,
        coalesce(right_side.figures, 0) as right_figures,
        {{ in_unit_text('sums.right_yuan', "coalesce(units.unit, '元')") }} as right_sum,
        {{ in_unit_text('abs(sums.residual_yuan)', "coalesce(units.unit, '元')") }} as residual_text
    from sums
    left join units on sums.identity_id = units.identity_id
    left join sides as left_side on sums.identity_id = left_side.identity_id and left_side.sign = 1
    left join sides as right_side on sums.identity_id = right_side.identity_id and right_side.sign = -1
),

-- sums have as many decimals as the figures that they are of
with_decimals as (
    select
        *,
        case
            when rate_text is null
                then list_max(list_transform(
                    regexp_extract_all(left_text || ' ' || right_text, '\.(\d+)', 1), digits -> length(digits)
                ))
        end as decimals
    from said
),

worded as (
    select
        * exclude (right_sum, residual_text),
        {{ with_decimals('right_sum', 'coalesce(decimals, 0)') }} as right_sum,
        {{ with_decimals('residual_text', 'coalesce(decimals, 0)') }} as residual_text
    from with_decimals
)

select
    identity_id,
    document_id,
    case
        when rate_text is not null
            then format('{}{}，按 {} 计算应为 {}{}', left_text, if(is_one, unit, ''), rate_text, right_sum, unit)
        else format(
            '{}{} ≠ {}{}{}',
            left_text,
            if(left_figures > {{ var('figures_said') }}, format('…（共{}项）', left_figures), ''),
            right_text,
            if(
                right_figures > {{ var('figures_said') }},
                format('…（共{}项，合计 {}）', right_figures, right_sum),
                if(right_figures > 1, format('＝{}', right_sum), '')
            ),
            if(is_one, format('（{}）', unit), '')
        )
    end || format('，差 {} {}', residual_text, unit) as equation_zh,
    case
        when rate_text is not null
            then format('{}{}; by {} it is {}{}', left_text, if(is_one, unit, ''), rate_text, right_sum, unit)
        else format(
            '{}{} ≠ {}{}{}',
            left_text,
            if(left_figures > {{ var('figures_said') }}, format('… ({} figures)', left_figures), ''),
            right_text,
            if(
                right_figures > {{ var('figures_said') }},
                format('… ({} figures, {} in all)', right_figures, right_sum),
                if(right_figures > 1, format(' = {}', right_sum), '')
            ),
            if(is_one, format(' ({})', unit), '')
        )
    end || format(', off by {} {}', residual_text, unit) as equation_en
from worded
