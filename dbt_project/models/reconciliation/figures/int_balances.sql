-- Balances that a document prints: what is spent out of them may be in one form and not in the other.
select distinct
    coordinates.document_id,
    abs(cells.value_yuan)::decimal(20, 2) as value_yuan
from {{ ref('int_amount_coordinates') }} as coordinates
inner join {{ ref('int_cells') }} as cells on coordinates.cell_id = cells.cell_id
where
    coordinates.flow in ('brought_forward', 'use_of_surplus', 'carried_forward', 'surplus_allocated')
    and cells.value_yuan != 0
