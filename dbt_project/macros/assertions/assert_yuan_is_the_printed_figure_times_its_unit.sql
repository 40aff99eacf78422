{%- macro assert_yuan_is_the_printed_figure_times_its_unit() -%}
-- The multiplication once more, in SQL and from the printed text. Figures printed in another way than digits
-- with separators (brackets, 负) do not cast and are left to the tests of the reader. A workbook that stores yuan and
-- displays 万元 gives the stored sum, of which the printed one is the rounding.
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
        amounts.doubt is null and try_cast(amounts.stored_text as decimal(20, 2)) = amounts.amount_yuan as is_stored,
        amounts.last_digit_yuan,
        try_cast(
            translate(amounts.amount_text, '０１２３４５６７８９．－,，   ', '0123456789.-') as decimal(26, 8)
        ) * units.yuan as recomputed_yuan
    from {{ ref('stg_amounts') }} as amounts
    inner join units on amounts.unit = units.unit
)

select *
from recomputed
where
    case
        when is_stored then abs(recomputed_yuan - amount_yuan) > last_digit_yuan / 2
        else round(recomputed_yuan, 2) <> amount_yuan
    end
{%- endmacro -%}
