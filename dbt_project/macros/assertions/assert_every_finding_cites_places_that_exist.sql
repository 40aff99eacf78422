{%- macro assert_every_finding_cites_places_that_exist() -%}
with

cited as (
    select
        finding_id,
        document_id,
        unnest(places) as place
    from {{ ref('fct_findings') }}
),

-- A place is a line of a text document or a page of a paged one.
printed as (
    select
        document_id,
        line_no,
        page_no
    from {{ ref('stg_lines') }}
    union all
    select
        document_id,
        first_line,
        first_page
    from {{ ref('stg_forms') }}
    union all
    select
        document_id,
        line_no,
        page_no
    from {{ ref('stg_contents') }}
    union all
    select
        document_id,
        line_no,
        page_no
    from {{ ref('stg_indicators') }}
    union all
    select
        document_id,
        line_no,
        page_no
    from {{ ref('stg_rejects') }}
    union all
    select
        document_id,
        line_no,
        page_no
    from {{ ref('stg_numeric_cells') }}
    union all
    select
        document_id,
        line_no,
        page_no
    from {{ ref('stg_claims') }}
    union all
    select
        document_id,
        line_no,
        page_no
    from {{ ref('stg_remarks') }}
    union all
    select
        document_id,
        line_no,
        page_no
    from {{ ref('stg_counts') }}
),

existing as (
    select
        document_id,
        coalesce(page_no, line_no) as place
    from printed
)

select
    cited.finding_id,
    cited.document_id,
    cited.place
from cited
anti join existing on cited.document_id = existing.document_id and cited.place = existing.place
union all
select
    finding_id,
    document_id,
    null as place
from {{ ref('fct_findings') }}
-- what is not known of a document as a whole has no place
where len(places) = 0 and rule_id not like 'document.%'
{%- endmacro -%}
