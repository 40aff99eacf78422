-- The second question that any layout is asked: what the prose says is held against the form of the same money, one
-- figure whatever form it is and wherever it stands. What is meant is said by the words, or by the headings above them;
-- where these leave several things open, it is the one that fits, and a slip only where none does.
with section_funds as (
    {{ section_funds() }}
),

-- items by the names that the forms of their document print for them: a code of this year need not be in our list
items_of_forms as (
    select
        documents.reconciled_as,
        {{ folded_code_name('lines.label_plain') }} as item_name,
        {{ folded_code_name('lines.parent_label') }} as group_name,
        min({{ folded_code_name('groups.parent_label') }}) as class_name,
        min(lines.code) as code
    from {{ ref('int_lines') }} as lines
    inner join {{ ref('int_documents') }} as documents on lines.document_id = documents.document_id
    left join {{ ref('int_lines') }} as groups on lines.parent_line_id = groups.line_id
    where length(lines.code) = 7 and lines.parent_label is not null
    group by all
    having count(distinct lines.code) = 1
),

-- 住房公积金 is an item of both classifications: where the prose tells of economic items, it is the one of their form
economic_items_of_forms as (
    select
        documents.reconciled_as,
        {{ folded_code_name('lines.label_plain') }} as item_name,
        min(lines.code) as code
    from {{ ref('int_lines') }} as lines
    inner join {{ ref('int_documents') }} as documents on lines.document_id = documents.document_id
    where lines.side_key = 'economic' and length(lines.code) in (3, 5)
    group by all
    having count(distinct lines.code) = 1
),

claims as (
    select
        claims.*,
        documents.reconciled_as,
        documents.stage,
        {{ folded_code_name('paths.item_name') }} as folded_item,
        {{ folded_code_name('paths.group_name') }} as folded_group,
        {{ folded_code_name('paths.class_name') }} as folded_class,
        {{ folded_code_name('coalesce(paths.item_name, paths.group_name, paths.class_name, claims.subject_plain)') }}
            as folded_name,
        case when claims.claim_key = 'basic_item' then {{ folded_code_name('claims.item_label') }} end
            as folded_economic_item
    from {{ ref('int_claims') }} as claims
    inner join {{ ref('int_claim_paths') }} as paths on claims.claim_id = paths.claim_id
    inner join {{ ref('int_documents') }} as documents
        on claims.document_id = documents.document_id and documents.document_role != 'government'
    -- what a performance form says need not be of the whole
    where claims.kind = 'level' and claims.form_id is null
),

-- inner joins first: in an outer one a condition that is no equality compares every claim with every item
found_items as (
    select
        claims.claim_id,
        min(items.code) as code
    from claims
    inner join items_of_forms as items
        on
            claims.reconciled_as = items.reconciled_as
            and claims.folded_item = items.item_name
            and claims.folded_group = items.group_name
            and coalesce(claims.folded_class = items.class_name, true)
    group by claims.claim_id
),

levels as (
    select
        claims.claim_id,
        claims.claim_no,
        claims.document_id,
        claims.paragraph_no,
        claims.subject_plain,
        claims.claim_key,
        claims.other_key,
        claims.stated_as,
        claims.reconciled_as,
        claims.folded_name,
        claims.basis_year as fiscal_year,
        coalesce(claims.budget_version, case claims.stage when 'final_accounts' then 'final' else 'budget' end)
            as said_version,
        coalesce(
            nullif(dimensions.fund, 'fiscal_appropriation'), section_funds.fund, dimensions.fund
        ) as fund,
        dimensions.flow,
        dimensions.spending_kind,
        coalesce(dimensions.function_code, found_items.code) as function_code,
        coalesce(dimensions.economic_code, economic_items.code) as economic_code,
        dimensions.three_public as expense_key,
        claims.confidence is not null as is_doubtful,
        claims.stage = 'budget' as is_budget,
        claims.amount_yuan,
        claims.last_digit_yuan
    from claims
    inner join {{ ref('int_claim_dimensions') }} as dimensions on claims.claim_id = dimensions.claim_id
    left join found_items on claims.claim_id = found_items.claim_id
    left join economic_items_of_forms as economic_items
        on
            claims.reconciled_as = economic_items.reconciled_as
            and claims.folded_economic_item = economic_items.item_name
    left join section_funds on claims.section = section_funds.section
),

keyed as (
    select
        *,
        case
            when
                length(function_code) in (5, 7)
                or (length(function_code) = 3 and is_budget)
                or claim_key in ('function_class', 'function_code', 'function_item')
                then 'function_item'
            when claim_key in ('economic_code', 'basic_item') then 'economic_item'
            else claim_key
        end as stated_key
    from levels
    where
        coalesce(spending_kind, 'total') = 'total'
        or claim_key not in ('function_item', 'function_class', 'function_code', 'economic_code', 'basic_item')
),

said as (
    select *
    from keyed
    -- what a paragraph says twice is one figure
    qualify row_number() over (
        partition by document_id, paragraph_no, subject_plain, fiscal_year, said_version, amount_yuan
        order by stated_as nulls last, claim_no
    ) = 1
),

meant as (
    select
        said.claim_id,
        said.document_id,
        said.reconciled_as,
        said.fiscal_year,
        said.said_version,
        said.is_doubtful,
        said.is_budget,
        said.amount_yuan,
        said.last_digit_yuan,
        coordinates.claim_key,
        coordinates.rank,
        coordinates.flow,
        coordinates.fund,
        coordinates.spending_kind,
        coordinates.subject,
        case when coordinates.axis = 'function' then said.function_code else 'all' end as function_code,
        case when coordinates.axis = 'economic' then said.economic_code else 'all' end as economic_code,
        coordinates.axis
    from said
    inner join {{ ref('claim_coordinates') }} as coordinates
        on
            coordinates.claim_key in (said.stated_key, said.other_key, said.expense_key)
            and (
                coordinates.flow not in ('revenue', 'expenditure')
                or said.flow is null
                or said.flow not in ('revenue', 'expenditure')
                or said.flow = coordinates.flow
            )
            -- a total has the fund that its words name in its key
            and (
                coordinates.axis = 'all'
                or said.fund is null
                or said.fund = 'fiscal_appropriation'
                or said.fund = coordinates.fund
                or (said.fund != 'general_public' and coordinates.fund = 'all')
            )
),

stated as (
    select
        coordinates.*,
        documents.reconciled_as,
        -- 预算数 is of the version that the words of the same publisher call so
        coalesce(coordinates.budget_version, columns.budget_version) as printed_version,
        cells.value_yuan,
        forms.form_no,
        forms.certainty >= 0.8 and forms.unit_source = 'printed' and cells.doubt is null as is_certain
    from {{ ref('int_amount_coordinates') }} as coordinates
    inner join {{ ref('int_documents') }} as documents on coordinates.document_id = documents.document_id
    inner join {{ ref('int_cells') }} as cells on coordinates.cell_id = cells.cell_id
    inner join {{ ref('stg_columns') }} as columns
        on
            coordinates.form_id = columns.form_id
            and coordinates.side_no = columns.side_no
            and coordinates.col_no = columns.col_no
    inner join {{ ref('stg_forms') }} as forms on coordinates.form_id = forms.form_id and forms.form_key is not null
    where
        coordinates.is_stated_as_such
        and coordinates.scope = 'all'
        and coordinates.economic_code_government = 'all'
        and coordinates.project = 'all'
        -- nothing is spent on what is left blank among the three public expenses; elsewhere a blank says nothing
        and (
            cells.cell_state in ('printed', 'unit_missing')
            or (
                cells.cell_state in ('blank', 'dash')
                and (coordinates.subject != 'all' or coordinates.flow = 'revenue')
            )
        )
),

-- a form that gives one coordinate several figures was misunderstood by us: it states none of them
printed as (
    select
        reconciled_as,
        fiscal_year,
        printed_version,
        flow,
        fund,
        spending_kind,
        function_code,
        economic_code,
        subject,
        form_id,
        min(form_no) as form_no,
        min(cell_id) as cell_id,
        min(value_yuan) as value_yuan,
        coalesce(bool_and(is_certain), false) as is_certain
    from stated
    group by all
    having min(value_yuan) = max(value_yuan)
),

pairs as (
    select
        meant.claim_id,
        meant.document_id,
        meant.is_doubtful,
        meant.is_budget,
        meant.claim_key,
        meant.axis,
        printed.form_id,
        printed.cell_id,
        printed.value_yuan,
        printed.is_certain,
        abs(meant.amount_yuan - printed.value_yuan) > meant.last_digit_yuan as is_apart
    from meant
    inner join printed
        on
            meant.reconciled_as = printed.reconciled_as
            and meant.fiscal_year = printed.fiscal_year
            and meant.said_version = printed.printed_version
            and meant.flow = printed.flow
            and meant.subject = printed.subject
            and meant.function_code = printed.function_code
            and meant.economic_code = printed.economic_code
            and coalesce(meant.fund = printed.fund, true)
            and coalesce(meant.spending_kind = printed.spending_kind, true)
    qualify row_number() over (
        partition by meant.claim_id
        order by
            abs(meant.amount_yuan - printed.value_yuan) > meant.last_digit_yuan,
            meant.rank,
            abs(meant.amount_yuan - printed.value_yuan),
            printed.form_no,
            printed.cell_id
    ) = 1
),

-- items of the prose that are those of a form, most of them, are of its money: what differs in one is then no doubt
-- about the others. A budget may tell of the appropriation of the year alone, beside a form with what was brought
-- forward.
forms_agree as (
    select
        document_id,
        form_id,
        count(distinct value_yuan) filter (not is_apart and value_yuan != 0) >= 2
        and 4 * count(*) filter (is_apart) <= count(*) as is_of_same_money
    from pairs
    where axis != 'all'
    group by document_id, form_id
),

-- an item that the prose names, and no form of its money has, though one lists such items
listed_axes as (
    select distinct
        reconciled_as,
        fiscal_year,
        printed_version,
        flow,
        fund,
        spending_kind,
        case when economic_code = 'all' then 'function' else 'economic' end as axis
    from printed
    where (length(function_code) = 7 or length(economic_code) = 5) and subject = 'all' and is_certain
),

names_of_forms as (
    select distinct
        documents.reconciled_as,
        {{ folded_code_name('lines.label_plain') }} as folded
    from {{ ref('int_lines') }} as lines
    inner join {{ ref('int_documents') }} as documents on lines.document_id = documents.document_id
),

not_printed as (
    select distinct
        said.claim_id,
        said.document_id,
        meant.claim_key
    from said
    inner join meant on said.claim_id = meant.claim_id and meant.axis != 'all' and meant.rank = 1
    inner join listed_axes
        on
            said.reconciled_as = listed_axes.reconciled_as
            and said.fiscal_year = listed_axes.fiscal_year
            and said.said_version = listed_axes.printed_version
            and meant.flow = listed_axes.flow
            and meant.fund = listed_axes.fund
            and meant.spending_kind = listed_axes.spending_kind
            and meant.axis = listed_axes.axis
    anti join pairs on said.claim_id = pairs.claim_id
    anti join names_of_forms as names
        on
            said.reconciled_as = names.reconciled_as
            and said.folded_name = names.folded
            and said.function_code is null
            and said.economic_code is null
    where
        said.amount_yuan != 0
        -- budgets name items in more ways than by what their forms print
        and (
            said.claim_key in ('function_code', 'economic_code')
            or (said.claim_key in ('function_item', 'function_class', 'basic_item') and not said.is_budget)
        )
)

select
    'figure.stated_in_prose:' || pairs.claim_id as identity_id,
    pairs.document_id,
    pairs.claim_id,
    pairs.claim_key,
    pairs.cell_id,
    pairs.is_certain and not pairs.is_doubtful as is_certain,
    case
        when
            pairs.is_budget
            and pairs.axis != 'all'
            and pairs.is_apart
            and not coalesce(forms_agree.is_of_same_money, false)
            and pairs.document_id in (select balances.document_id from {{ ref('int_balances') }} as balances)
            then 'coverage_may_differ'
    end as not_asked_because
from pairs
left join forms_agree on pairs.document_id = forms_agree.document_id and pairs.form_id = forms_agree.form_id
union all by name
select
    'figure.stated_in_prose:' || claim_id as identity_id,
    document_id,
    claim_id,
    claim_key,
    null as cell_id,
    false as is_certain,
    'line_not_printed' as not_asked_because
from not_printed
