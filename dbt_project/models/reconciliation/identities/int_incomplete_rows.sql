-- Equations along a row that are not complete: the row has money in a column that is part of the whole, or may be, and
-- that the rule does not name (经营支出 beside 合计＝基本支出＋项目支出, a header that was not understood).
with rows_asked as (
    select distinct
        terms.identity_id,
        terms.rule_id,
        terms.document_id,
        terms.line_id
    from {{ ref('int_identity_terms') }} as terms
    inner join {{ ref('identities') }} as rules on terms.rule_id = rules.rule_id and rules.family = 'row'
),

parts as (
    select distinct
        rule_terms.rule_id,
        rule_terms.measure,
        measures.part_of
    from {{ ref('int_rule_terms') }} as rule_terms
    left join {{ ref('measures') }} as measures on rule_terms.measure = measures.measure
    where rule_terms.term_no > 1 and rule_terms.measure is not null
)

select distinct
    rows_asked.identity_id,
    rows_asked.document_id
from rows_asked
inner join {{ ref('int_cells') }} as cells
    on rows_asked.line_id = cells.line_id and cells.cell_state = 'printed' and cells.value_yuan != 0
left join {{ ref('measures') }} as measures on cells.measure = measures.measure
where
    cells.measure is null
    or (
        measures.part_of is not null
        and exists (select 1 from parts where parts.rule_id = rows_asked.rule_id)
        and not exists (
            select 1
            from parts
            where
                parts.rule_id = rows_asked.rule_id
                and (
                    parts.measure = cells.measure
                    or parts.measure = measures.part_of
                    or parts.part_of = cells.measure
                )
        )
    )
