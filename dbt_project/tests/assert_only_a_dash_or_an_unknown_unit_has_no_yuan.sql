select
    amount_id,
    amount_text,
    amount_kind,
    unit,
    amount_yuan
from {{ ref('stg_amounts') }}
where (amount_yuan is null) <> (amount_kind = 'dash' or unit is null)
