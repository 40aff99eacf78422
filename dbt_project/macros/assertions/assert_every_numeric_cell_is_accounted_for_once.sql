{%- macro assert_every_numeric_cell_is_accounted_for_once() -%}
-- Conservation: the ledger lists each numeric cell once, agrees with the reader's own count, and the table that a
-- cell is said to have ended in holds it at that place: amounts and rejects at the cell, indicators, claims and codes,
-- which are made of several cells, in the row. A form cut in width prints its codes once more: those are codes of its
-- rows, wherever they stand.
with

cells as (
    select
        document_id,
        page_no,
        line_no,
        field_no,
        destination,
        count(*) as entries
    from {{ ref('stg_numeric_cells') }}
    group by all
),

ends as (
    select
        document_id,
        page_no,
        line_no,
        field_no,
        'amounts' as destination,
        count(*) as entries
    from {{ ref('stg_amounts') }}
    -- A dash is an amount but not a number.
    where amount_kind <> 'dash'
    group by all
    union all
    select
        document_id,
        page_no,
        line_no,
        field_no,
        'rejects' as destination,
        count(*) as entries
    from {{ ref('stg_rejects') }}
    group by all
),

listed_twice as (
    select
        document_id,
        page_no,
        line_no,
        field_no,
        'listed more than once' as problem
    from cells
    group by all
    having sum(entries) > 1
),

not_arrived as (
    select
        document_id,
        page_no,
        line_no,
        field_no,
        'not once where it is said to have ended: ' || destination as problem
    from cells
    where
        destination in ('amounts', 'rejects')
        and not exists (
            select 1
            from ends
            where
                {{ same_cell('ends', 'cells') }}
                and ends.destination = cells.destination
                and ends.entries = 1
        )
),

rows_made_of_cells as (
    select
        document_id,
        page_no,
        line_no,
        'indicators' as destination
    from {{ ref('stg_indicators') }}
    union all
    select
        document_id,
        page_no,
        line_no,
        'claims' as destination
    from {{ ref('stg_claims') }}
    union all
    select
        document_id,
        page_no,
        line_no,
        'codes' as destination
    from {{ ref('stg_lines') }}
    where code is not null or economic_code_government is not null
),

-- by form: what is printed of a code again holds digits of it
printed_again as (
    select distinct
        ledger.document_id,
        ledger.page_no,
        ledger.line_no,
        ledger.field_no
    from {{ ref('stg_numeric_cells') }} as ledger
    inner join {{ ref('stg_lines') }} as lines
        on
            ledger.form_id = lines.form_id
            and contains(lines.code, regexp_extract(ledger.printed_text, '\d+'))
    where ledger.destination = 'codes'
),

not_in_its_row as (
    select
        document_id,
        page_no,
        line_no,
        field_no,
        'not in the row where it is said to have ended: ' || destination as problem
    from cells
    where
        destination in ('indicators', 'codes', 'claims')
        and not exists (
            select 1
            from printed_again
            where
                {{ same_cell('printed_again', 'cells') }}
                and cells.destination = 'codes'
        )
        and not exists (
            select 1
            from rows_made_of_cells as made
            where
                made.document_id = cells.document_id
                and made.page_no is not distinct from cells.page_no
                and made.line_no is not distinct from cells.line_no
                and made.destination = cells.destination
        )
),

from_nowhere as (
    select
        document_id,
        page_no,
        line_no,
        field_no,
        'an amount that the ledger does not list' as problem
    from ends
    where
        destination = 'amounts'
        and not exists (
            select 1
            from cells
            where
                {{ same_cell('ends', 'cells') }}
                and cells.destination = 'amounts'
        )
),

counted_differently as (
    select
        documents.document_id,
        null as page_no,
        null as line_no,
        null as field_no,
        'the reader counted ' || documents.numeric_cell_count || ', the ledger lists ' || count(cells.document_id)
            as problem
    from {{ ref('stg_documents') }} as documents
    left join {{ ref('stg_numeric_cells') }} as cells on documents.document_id = cells.document_id
    group by documents.document_id, documents.numeric_cell_count
    having coalesce(documents.numeric_cell_count, 0) <> count(cells.document_id)
)

select * from listed_twice
union all by name
select * from not_arrived
union all by name
select * from not_in_its_row
union all by name
select * from from_nowhere
union all by name
select * from counted_differently
{%- endmacro -%}
