-- Figures that are more than what they are a part of, where the part and the whole are printed and the other parts are
-- not, so that no sum asks: by their coordinates (seeds.bounds), by 其中 in a row of its own, and by the department that
-- a unit belongs to. What is not said to be of the same year, version and money is not compared, and what we may have
-- misread accuses nobody.
with recursive within as (
    select
        fund,
        fund as wider
    from {{ ref('funds') }}
    union all
    select
        within.fund,
        funds.part_of as wider
    from within
    inner join {{ ref('funds') }} as funds on within.wider = funds.fund
    where funds.part_of is not null
),

cells as (
    select
        cells.cell_id,
        cells.amount_id,
        cells.document_id,
        cells.form_id,
        cells.form_key,
        cells.side_no,
        cells.col_no,
        cells.value_yuan,
        cells.last_digit_yuan,
        cells.amount_text,
        cells.measure,
        coalesce(cells.page_no, cells.line_no) as place,
        coalesce(regexp_replace(cells.row_label, '\s', '', 'g'), measures.name_zh, '合计') as label,
        lines.row_kind,
        lines.row_no,
        {{ printed_place('cells.page_no', 'cells.line_no') }} as line_place
    from {{ ref('int_cells') }} as cells
    inner join {{ ref('int_lines') }} as lines on cells.line_id = lines.line_id
    inner join {{ ref('stg_forms') }} as forms on cells.form_id = forms.form_id
    left join {{ ref('measures') }} as measures on cells.measure = measures.measure
    where
        cells.cell_state in ('printed', 'dash')
        and cells.doubt is null
        and lines.doubt is null
        and forms.certainty >= 0.8
        and forms.form_key is not null
        and forms.unit_source = 'printed'
),

claims as (
    select
        claims.claim_id as cell_id,
        claims.claim_id as amount_id,
        claims.document_id,
        'narrative' as form_key,
        claims.claim_key,
        claims.amount_yuan as value_yuan,
        claims.last_digit_yuan,
        claims.amount_text,
        claims.subject_plain as label,
        claims.kind,
        claims.claim_year,
        claims.stated_as,
        coalesce(claims.page_no, claims.line_no) as place
    from {{ ref('int_claims') }} as claims
    where claims.amount_yuan is not null and claims.confidence is null and claims.claim_key is not null
),

-- what each figure is of; the words for the subjects of the prose are those of columns and rows
figures as (
    select
        cells.cell_id,
        cells.document_id,
        cells.form_key,
        cells.value_yuan,
        cells.last_digit_yuan,
        cells.amount_text,
        cells.label,
        cells.place,
        coordinates.fiscal_year,
        coordinates.budget_version,
        coordinates.fund,
        coordinates.spending_kind,
        coordinates.economic_code,
        coordinates.subject
    from cells
    inner join {{ ref('int_amount_coordinates') }} as coordinates
        on
            cells.cell_id = coordinates.cell_id
            and coordinates.is_stated_as_such
            and coordinates.scope = 'all'
            and coordinates.project = 'all'
            and coordinates.flow = 'expenditure'
            and coalesce(coordinates.function_code, 'all') = 'all'
    union all by name
    select
        claims.cell_id,
        claims.document_id,
        claims.form_key,
        claims.value_yuan,
        claims.last_digit_yuan,
        claims.amount_text,
        claims.label,
        claims.place,
        documents.fiscal_year,
        case
            when documents.stage = 'budget' then 'budget'
            when coalesce(claims.stated_as, '') != 'budgeted' then 'final'
        end as budget_version,
        case when claims.claim_key = 'public_operating' then 'public_operating' end as spending_kind,
        'all' as economic_code,
        case when claims.claim_key = 'public_operating' then 'all' else claims.claim_key end as subject
    from claims
    inner join {{ ref('int_documents') }} as documents on claims.document_id = documents.document_id
    where claims.kind = 'level' and claims.claim_year = 'this'
),

compared as (
    select
        figures.*,
        documents.reconciled_as
    from figures
    inner join {{ ref('int_documents') }} as documents
        on figures.document_id = documents.document_id and documents.document_role != 'government'
),

names_of_codes as (
    select
        code,
        {{ folded_code_name('name') }} as folded
    from {{ ref('economic_codes') }}
    where classification = 'economic'
),

by_coordinates as (
    select
        bounds.rule_id,
        concat_ws(
            '|', bounds.part_subject, bounds.part_economic_code, bounds.whole_subject, parts.reconciled_as,
            parts.fiscal_year, parts.budget_version
        ) as pair,
        parts.cell_id as part_id,
        wholes.cell_id as whole_id
    from {{ ref('bounds') }} as bounds
    inner join compared as parts
        on
            bounds.part_subject = parts.subject
            and coalesce(bounds.part_kind = parts.spending_kind, bounds.part_kind is null)
            and coalesce(bounds.part_economic_code, 'all') = coalesce(parts.economic_code, 'all')
    left join names_of_codes as names on bounds.part_economic_code = names.code
    inner join compared as wholes
        on
            parts.reconciled_as = wholes.reconciled_as
            and parts.fiscal_year = wholes.fiscal_year
            and parts.budget_version = wholes.budget_version
            and bounds.whole_subject = wholes.subject
            and coalesce(bounds.whole_kind = wholes.spending_kind, bounds.whole_kind is null)
            and coalesce(wholes.economic_code, 'all') = 'all'
    inner join within
        on
            coalesce(parts.fund, bounds.part_fund) = within.fund
            and coalesce(wholes.fund, bounds.whole_fund) = within.wider
    -- a code beside the name of another item is of neither
    where coalesce(contains({{ folded_code_name('parts.label') }}, names.folded), true)
),

-- the row above one that says 其中
by_rows as (
    select
        'bound.of_which' as rule_id,
        cell_id as pair,
        cell_id as part_id,
        last_value(case when row_kind != 'memo' then cell_id end ignore nulls) over (
            partition by form_id, side_no, col_no
            order by line_place
            rows between unbounded preceding and 1 preceding
        ) as whole_id,
        row_kind
    from cells
),

-- the same coordinate of a department, with its units, and of the unit that has its name
of_levels as (
    select
        cells.cell_id,
        cells.document_id,
        documents.document_role,
        concat_ws(
            '|', documents.publisher_own_units, cells.form_key, {{ coordinate_columns('coordinates') }}
        ) as coordinate,
        concat_ws('|', documents.publisher_own_units, cells.form_key) as form,
        count(*) over (partition by cells.document_id, cells.form_key, {{ coordinate_columns('coordinates') }}) = 1
            as is_alone
    from cells
    inner join {{ ref('int_amount_coordinates') }} as coordinates
        on
            cells.cell_id = coordinates.cell_id
            and coordinates.is_stated_as_such
            and {{ coordinate_is_known('coordinates') }}
            -- what passes between a department and its units is in neither when they are added up
            and coordinates.fund in (
                'all', 'fiscal_appropriation', 'general_public', 'government_fund', 'state_capital'
            )
            and coordinates.spending_kind in ('total', 'basic', 'personnel', 'public_operating', 'project')
    inner join {{ ref('int_documents') }} as documents on cells.document_id = documents.document_id
    where documents.publisher_own_units is not null
),

by_levels as (
    select
        'bound.own_unit' as rule_id,
        parts.form as pair,
        parts.cell_id as part_id,
        wholes.cell_id as whole_id
    from of_levels as parts
    inner join of_levels as wholes
        on
            parts.coordinate = wholes.coordinate
            and parts.document_role = 'unit'
            and wholes.document_role = 'department'
            and parts.is_alone
            and wholes.is_alone
),

pairs as (
    select * from by_coordinates
    union all by name
    select * exclude (row_kind)
    from by_rows
    where row_kind = 'memo' and whole_id is not null
    union all by name
    select * from by_levels
),

printed as (
    select
        cell_id,
        amount_id,
        document_id,
        form_key,
        value_yuan,
        last_digit_yuan,
        amount_text,
        label,
        place
    from cells
    union all by name
    select
        cell_id,
        amount_id,
        document_id,
        form_key,
        value_yuan,
        last_digit_yuan,
        amount_text,
        label,
        place
    from claims
),

weighed as (
    select
        pairs.rule_id,
        pairs.pair,
        parts.document_id,
        parts.form_key,
        parts.label as part_label,
        parts.amount_text as part_text,
        parts.place as part_place,
        parts.cell_id as part_id,
        parts.amount_id,
        wholes.document_id as whole_document_id,
        wholes.label as whole_label,
        wholes.amount_text as whole_text,
        wholes.place as whole_place,
        wholes.cell_id as whole_id,
        parts.value_yuan as part_yuan,
        wholes.value_yuan as whole_yuan,
        parts.value_yuan - wholes.value_yuan
        > {{ rounding('parts.last_digit_yuan') }} + {{ rounding('wholes.last_digit_yuan') }} as is_more
    from pairs
    inner join printed as parts on pairs.part_id = parts.cell_id
    inner join printed as wholes on pairs.whole_id = wholes.cell_id
    where parts.value_yuan >= 0 and wholes.value_yuan >= 0
),

-- of one pair that is stated several times each statement has to be more than each: that they differ is told elsewhere.
-- A unit that has more than its department anywhere says so once a form.
broken as (
    select
        *,
        count(*) filter (is_more) over (partition by rule_id, pair) as times_more,
        count(*) over (partition by rule_id, pair) as times_stated
    from weighed
)

select
    pair || '|' || document_id as subject_id,
    document_id,
    rule_id,
    nullif(form_key, 'narrative') as form_key,
    list_sort(list_distinct(
        [part_place] || case when document_id = whole_document_id then [whole_place] else []::bigint[] end
    )) as places,
    format(
        '{}：{} 大于 {} {}{}',
        part_label, part_text, whole_label, whole_text,
        case
            when rule_id = 'bound.own_unit' and times_more > 1 then format('（本级大于部门汇总，共 {} 处）', times_more)
            when rule_id = 'bound.own_unit' then '（本级大于部门汇总）'
            else ''
        end
    ) as message_zh,
    format(
        '{}: {} is more than {} {}{}',
        part_label, part_text, whole_label, whole_text,
        case
            when rule_id = 'bound.own_unit'
                then format(' (the unit has more than its department, {} times)', times_more)
            else ''
        end
    ) as message_en,
    amount_id as suspected_amount_id,
    null::varchar as suggested_text
from broken
where is_more and (times_more = times_stated or rule_id = 'bound.own_unit')
-- a figure that is more than several is told once, and of equals always the same
qualify row_number() over (
    partition by rule_id, case when rule_id = 'bound.own_unit' then pair else part_id end
    order by whole_yuan - part_yuan asc, part_place asc, part_id asc, whole_id asc
) = 1
