-- Figures that people corrected, found by place and printed text. A correction whose text is gone matches nothing.
with figures as (
    select
        amount_id,
        document_id,
        page_no,
        line_no,
        field_no,
        amount_text as printed_text,
        unit
    from {{ ref('stg_amounts') }}
    union all
    select
        claim_id as amount_id,
        document_id,
        page_no,
        line_no,
        null as field_no,
        amount_text as printed_text,
        unit
    from {{ ref('stg_claims') }}
)

select
    figures.amount_id,
    figures.document_id,
    corrections.page_no,
    corrections.line_no,
    corrections.field_no,
    corrections.printed_text,
    corrections.corrected_text,
    coalesce(corrections.corrected_unit, figures.unit) as corrected_unit,
    (corrections.corrected_text::decimal(20, 6) * units.yuan)::decimal(20, 2) as corrected_yuan,
    corrections.reason
from {{ ref('corrections') }} as corrections
inner join figures
    on
        {{ same_cell('corrections', 'figures') }}
        and corrections.printed_text = figures.printed_text
inner join {{ ref('units') }} as units on coalesce(corrections.corrected_unit, figures.unit) = units.printed
