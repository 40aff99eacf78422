-- What each cause rests on, one piece for each place: the figure that is wrong, those that tell it, and where a finding
-- is no equation, what it is said of. A finding without a cause (rounding) is a group of its own.
with sides as (
    select
        finding_id,
        sign,
        count(*) as figures,
        bool_or(is_suspected) as is_suspected
    from {{ ref('int_finding_terms') }}
    group by finding_id, sign
),

of_equations as (
    select
        terms.finding_id,
        terms.document_id,
        terms.page_no,
        terms.line_no,
        terms.field_no,
        terms.box,
        terms.amount_id,
        case
            when terms.is_suspected then 'suspect'
            when own.figures = 1 and others.figures = 1 and others.is_suspected then 'confirms'
            when own.figures = 1 then 'total'
            else 'part'
        end as role,
        terms.printed_text,
        terms.meant_text
    from {{ ref('int_finding_terms') }} as terms
    inner join sides as own on terms.finding_id = own.finding_id and terms.sign = own.sign
    left join sides as others on terms.finding_id = others.finding_id and terms.sign = -others.sign
),

-- what a finding may be said of, where it is printed
figures as (
    select
        amounts.amount_id,
        amounts.document_id,
        amounts.page_no,
        amounts.line_no,
        amounts.field_no,
        amounts.amount_text as printed_text,
        {{ printed_box('amounts') }} as box
    from {{ ref('stg_amounts') }} as amounts
    union all by name
    select
        claim_id as amount_id,
        document_id,
        page_no,
        line_no,
        amount_text as printed_text
    from {{ ref('stg_claims') }}
    union all by name
    select
        count_id as amount_id,
        document_id,
        page_no,
        line_no,
        field_no,
        count_text as printed_text
    from {{ ref('stg_counts') }}
    union all by name
    select
        indicator_id as amount_id,
        document_id,
        page_no,
        line_no,
        target_text as printed_text
    from {{ ref('stg_indicators') }}
    union all by name
    select
        remark_id as amount_id,
        document_id,
        page_no,
        line_no,
        text as printed_text
    from {{ ref('stg_remarks') }}
),

observed as (
    select *
    from {{ ref('fct_findings') }}
    where identity_id is null
),

of_figures as (
    select
        observed.finding_id,
        figures.document_id,
        figures.page_no,
        figures.line_no,
        figures.field_no,
        figures.box,
        figures.amount_id,
        'suspect' as role,
        figures.printed_text,
        observed.suggested_text as meant_text
    from observed
    inner join figures on coalesce(observed.suspected_amount_id, observed.subject_id) = figures.amount_id
),

-- rows that are wrong as rows: a code that is not the one of its name, a row counted twice, one below which another is
-- missing
wrong_lines as (
    select
        findings.finding_id,
        causes.line_id,
        codes.printed_code,
        codes.meant_code
    from {{ ref('fct_findings') }} as findings
    inner join {{ ref('int_identity_causes') }} as causes on findings.identity_id = causes.identity_id
    left join {{ ref('int_meant_codes') }} as codes on findings.cause_kind = 'code' and causes.line_id = codes.line_id
    where findings.cause_kind in ('code', 'missing_line', 'line_counted_twice') and causes.line_id is not null
    union all
    select
        observed.finding_id,
        lines.line_id,
        lines.code as printed_code,
        observed.suggested_text as meant_code
    from observed
    -- document|classification|code|what tells it apart
    inner join {{ ref('int_lines') }} as lines
        on
            observed.document_id = lines.document_id
            and split_part(observed.subject_id, '|', 3) = lines.code
            and list_contains(observed.places, coalesce(lines.page_no, lines.line_no))
    where observed.kind = 'code'
),

of_lines as (
    select
        wrong_lines.finding_id,
        lines.document_id,
        lines.page_no,
        lines.line_no,
        'suspect' as role,
        case
            when count(cells.bbox_left) > 0
                then struct_pack(
                    x0 := min(cells.bbox_left),
                    top := min(cells.bbox_top),
                    x1 := max(cells.bbox_right),
                    bottom := max(cells.bbox_bottom)
                )
        end as box,
        min(coalesce(wrong_lines.printed_code, lines.row_label)) as printed_text,
        min(wrong_lines.meant_code) as meant_text
    from wrong_lines
    inner join {{ ref('int_lines') }} as lines on wrong_lines.line_id = lines.line_id
    left join {{ ref('stg_numeric_cells') }} as cells
        on
            lines.form_id = cells.form_id
            and cells.destination = 'codes'
            and lines.page_no is not distinct from cells.page_no
            and lines.line_no is not distinct from cells.line_no
    group by wrong_lines.finding_id, wrong_lines.line_id, lines.document_id, lines.page_no, lines.line_no
),

of_places as (
    select
        observed.finding_id,
        observed.document_id,
        case when documents.page_count > 0 then cited.place end as page_no,
        case when coalesce(documents.page_count, 0) = 0 then cited.place end as line_no,
        'suspect' as role,
        observed.suggested_text as meant_text
    from observed
    anti join of_figures on observed.finding_id = of_figures.finding_id
    anti join of_lines on observed.finding_id = of_lines.finding_id
    inner join {{ ref('stg_documents') }} as documents on observed.document_id = documents.document_id
    cross join unnest(observed.places) as cited (place)
),

pieces as (
    select * from of_equations
    union all by name
    select * from of_figures
    union all by name
    select * from of_lines
    union all by name
    select * from of_places
),

grouped as (
    select
        findings.cause_id,
        coalesce(findings.cause_id, findings.finding_id) as piece_of,
        pieces.*,
        list_position(['suspect', 'confirms', 'total', 'part'], pieces.role) as rank
    from pieces
    inner join {{ ref('fct_findings') }} as findings on pieces.finding_id = findings.finding_id
),

-- a figure has the role in which it says most of the cause; of equals always the same
by_place as (
    select
        min(cause_id) as cause_id,
        arg_min(finding_id, struct_pack(rank := rank, finding_id := finding_id)) as finding_id,
        document_id,
        page_no,
        line_no,
        field_no,
        arg_min(box, struct_pack(rank := rank, finding_id := finding_id)) as box,
        amount_id,
        arg_min(role, rank) as role,
        min(printed_text) as printed_text,
        max(meant_text) as meant_text,
        list_sort(list(distinct finding_id)) as finding_ids,
        piece_of
    from grouped
    group by piece_of, document_id, page_no, line_no, field_no, amount_id
)

select
    'E-' || left(
        md5(concat_ws(
            '|', by_place.piece_of, by_place.document_id, coalesce(by_place.page_no, 0),
            coalesce(by_place.line_no, 0), coalesce(by_place.field_no, -1), coalesce(by_place.amount_id, '')
        )),
        12
    ) as evidence_id,
    by_place.cause_id,
    by_place.finding_id,
    by_place.document_id,
    by_place.page_no,
    by_place.line_no,
    by_place.field_no,
    by_place.box,
    case
        when regexp_matches(documents.media_type, 'sheet|excel|csv|tab-separated') then by_place.page_no
    end as sheet_no,
    by_place.role,
    by_place.printed_text,
    by_place.meant_text,
    by_place.amount_id,
    by_place.finding_ids
from by_place
inner join {{ ref('stg_documents') }} as documents on by_place.document_id = documents.document_id
