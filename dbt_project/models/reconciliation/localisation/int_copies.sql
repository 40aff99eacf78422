-- Figures that restate one another down a column or along a row: a total, its only part, the only part of that; in the
-- prose, an item's figure said in front and again. A slip in the one was carried into the others, by hand or by a
-- formula, so they may have to be corrected together.
with linked as (
    select
        terms.identity_id,
        count(*) filter (terms.value_yuan != 0) as figures
    from {{ ref('int_identity_terms') }} as terms
    inner join {{ ref('identity_results') }} as results on terms.identity_id = results.identity_id
    inner join {{ ref('identities') }} as rules
        on
            results.rule_id = rules.rule_id
            and (rules.family in ('row', 'tree', 'column', 'repeat') or rules.rule_id = 'claims.said_again')
    where results.outcome = 'holds' and results.residual_yuan = 0
    group by terms.identity_id
    having count(*) filter (terms.value_yuan != 0) = 2
),

copies as (
    select distinct
        cells.cell_id,
        cells.document_id,
        cells.line_id,
        cells.form_id,
        cells.side_no,
        cells.col_no,
        cells.value_yuan
    from linked
    inner join {{ ref('int_identity_terms') }} as terms on linked.identity_id = terms.identity_id
    inner join {{ ref('int_cells') }} as cells on terms.cell_id = cells.cell_id
    where cells.value_yuan != 0
),

chains as (
    select
        concat_ws('|', form_id, side_no, 'col', col_no, value_yuan) as chain_id,
        document_id,
        cell_id
    from copies
    union all
    select
        concat_ws('|', line_id, 'row', value_yuan) as chain_id,
        document_id,
        cell_id
    from copies
    union all
    select
        concat_ws('|', form_id, side_no, 'all', value_yuan) as chain_id,
        document_id,
        cell_id
    from copies
),

all_chains as (
    select * from chains
    union all
    select
        linked.identity_id as chain_id,
        terms.document_id,
        terms.cell_id
    from linked
    inner join {{ ref('int_identity_terms') }} as terms
        on linked.identity_id = terms.identity_id and terms.rule_id = 'claims.said_again'
),

-- a chain of one is the figure itself, and a chain that another equals adds nothing
members as (
    select
        chain_id,
        document_id,
        list_sort(list(cell_id)) as cell_ids
    from all_chains
    group by chain_id, document_id
    having count(*) > 1
)

select
    document_id,
    -- any of them, but the same one in each run: ids of causes are made of it
    min(chain_id) as chain_id,
    unnest(cell_ids) as cell_id
from members
group by document_id, cell_ids
