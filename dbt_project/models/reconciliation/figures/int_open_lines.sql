-- Lines with money in a column of which nobody knows what it counts: no equation along such a line is complete.
select distinct
    amounts.document_id,
    amounts.line_id
from {{ ref('stg_amounts') }} as amounts
where
    amounts.measure is null
    and coalesce(amounts.nature, 'figure') = 'figure'
    and coalesce(amounts.amount_yuan, 1) != 0
