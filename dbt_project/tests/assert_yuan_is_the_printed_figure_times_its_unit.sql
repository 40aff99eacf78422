-- The multiplication once more, in SQL and from the printed text. Figures printed in another way than digits
-- with separators (brackets, 负) do not cast and are left to the tests of the reader.
with

units as (
    select distinct
        unit,
        yuan
    from {{ ref('units') }}
),

recomputed as (
    select
        amounts.amount_id,
        amounts.amount_text,
        amounts.unit,
        amounts.amount_yuan,
        try_cast(
            translate(amounts.amount_text, '０１２３４５６７８９．－,，   ', '0123456789.-') as decimal(26, 8)
        ) * units.yuan as recomputed_yuan
    from {{ ref('stg_amounts') }} as amounts
    inner join units on amounts.unit = units.unit
)

select *
from recomputed
where round(recomputed_yuan, 2) <> amount_yuan
