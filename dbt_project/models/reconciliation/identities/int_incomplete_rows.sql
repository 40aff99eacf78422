-- Equations along a row that are not complete: the row has money in a column that is part of the whole, or may be, and
-- that the rule does not name (经营支出 beside 合计＝基本支出＋项目支出, a header that was not understood).
with rows_asked as (
    select distinct
        terms.identity_id,
        terms.rule_id,
        terms.document_id,
        terms.line_id,
        rule_terms.is_of_any_form
    from {{ ref('int_identity_terms') }} as terms
    inner join {{ ref('identities') }} as rules on terms.rule_id = rules.rule_id and rules.family = 'row'
    inner join {{ ref('int_rule_terms') }} as rule_terms on terms.rule_id = rule_terms.rule_id
),

-- what an equation names of its row, and what lies right above that: a column of either was not forgotten, nor a part
-- of what is named
parts as (
    select
        terms.identity_id,
        list(distinct cells.measure) as measures,
        list(distinct measures.part_of) as wider_measures,
        list(distinct cells.fund) as funds,
        list(distinct funds.part_of) as wider_funds
    from rows_asked
    -- a rule that names no column asks for none
    semi join {{ ref('int_rule_terms') }} as naming
        on rows_asked.rule_id = naming.rule_id and naming.measure is not null
    inner join {{ ref('int_identity_terms') }} as terms on rows_asked.identity_id = terms.identity_id
    inner join {{ ref('int_cells') }} as cells on terms.cell_id = cells.cell_id
    left join {{ ref('measures') }} as measures on cells.measure = measures.measure
    left join {{ ref('funds') }} as funds on cells.fund = funds.fund
    where terms.term_no > 1
    group by terms.identity_id
),

-- rows that go on in another table of the form: a wide table that was cut in two
rows_elsewhere as (
    select lines.line_id
    from {{ ref('int_lines') }} as lines
    inner join {{ ref('int_lines') }} as others
        on
            lines.form_id = others.form_id
            and lines.side_no != others.side_no
            and lines.side_key = others.side_key
            and coalesce(lines.code, lines.label_plain) = coalesce(others.code, others.label_plain)
    -- the heads of performance forms repeat their labels in each column
    where lines.side_key not in ('project_funds', 'task')
    group by lines.line_id
)

select
    rows_asked.identity_id,
    rows_asked.document_id
from rows_asked
inner join rows_elsewhere on rows_asked.line_id = rows_elsewhere.line_id
union
select
    rows_asked.identity_id,
    rows_asked.document_id
from rows_asked
-- of what the rows of the form prove themselves, nothing is named
inner join parts on rows_asked.identity_id = parts.identity_id and not rows_asked.is_of_any_form
inner join {{ ref('int_cells') }} as cells
    on rows_asked.line_id = cells.line_id and cells.cell_state = 'printed' and cells.value_yuan != 0 and cells.is_own
left join {{ ref('measures') }} as measures on cells.measure = measures.measure
left join {{ ref('funds') }} as funds on cells.fund = funds.fund
where
    (cells.measure is null and parts.measures is not null)
    or (
        measures.part_of is not null
        and not list_has_any(parts.measures, [cells.measure, measures.part_of])
        and not coalesce(list_contains(parts.wider_measures, cells.measure), false)
    )
    or (
        cells.measure = 'total'
        and funds.part_of is not null
        and not list_has_any(parts.funds, [cells.fund, funds.part_of])
        and not coalesce(list_contains(parts.wider_funds, cells.fund), false)
    )
union
-- the head of a performance form: money in a row whose name was not understood may be a part of the total
select
    rows_asked.identity_id,
    rows_asked.document_id
from rows_asked
inner join {{ ref('int_lines') }} as named
    on rows_asked.line_id = named.line_id and named.side_key = 'project_funds'
inner join {{ ref('int_lines') }} as unnamed
    on
        named.form_id = unnamed.form_id
        and named.side_key = unnamed.side_key
        and unnamed.row_kind = 'item'
        and unnamed.line_key is null
inner join {{ ref('int_cells') }} as cells
    on unnamed.line_id = cells.line_id and cells.cell_state = 'printed' and cells.value_yuan != 0
