-- Items that the prose names by their place in the classification, held against the form of the same money: one figure,
-- whatever form it is and wherever it stands. Which money is meant is said by the words, or by the headings above them.
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

levels as (
    select
        claims.claim_id,
        claims.claim_no,
        claims.document_id,
        claims.paragraph_no,
        claims.section,
        claims.subject_plain,
        claims.claim_key,
        claims.stated_as,
        documents.reconciled_as,
        claims.basis_year as fiscal_year,
        coalesce(claims.budget_version, case documents.stage when 'final_accounts' then 'final' else 'budget' end)
            as said_version,
        dimensions.fund,
        dimensions.function_code,
        dimensions.spending_kind,
        claims.confidence is not null as is_doubtful,
        documents.stage = 'budget' as is_budget,
        claims.amount_yuan,
        claims.last_digit_yuan
    from {{ ref('int_claims') }} as claims
    inner join {{ ref('int_claim_dimensions') }} as dimensions on claims.claim_id = dimensions.claim_id
    inner join {{ ref('int_documents') }} as documents
        on claims.document_id = documents.document_id and documents.document_role != 'government'
    -- what a performance form says need not be of the whole
    where claims.kind = 'level' and claims.form_id is null
),

said as (
    select
        levels.* exclude (fund, function_code),
        coalesce(levels.fund, section_funds.fund) as fund,
        coalesce(levels.function_code, items_of_forms.code) as function_code
    from levels
    inner join {{ ref('int_claim_paths') }} as paths on levels.claim_id = paths.claim_id
    left join items_of_forms
        on
            levels.reconciled_as = items_of_forms.reconciled_as
            and {{ folded_code_name('paths.item_name') }} = items_of_forms.item_name
            and {{ folded_code_name('paths.group_name') }} = items_of_forms.group_name
            and coalesce({{ folded_code_name('paths.class_name') }} = items_of_forms.class_name, true)
    left join section_funds on levels.section = section_funds.section
    where
        -- classes of final accounts are held against their form by name
        length(coalesce(levels.function_code, items_of_forms.code)) in (5, 7, if(levels.is_budget, 3, 7))
        and (levels.spending_kind is null or levels.spending_kind = 'total')
    -- of what is said twice of an item, the words that say what it is
    qualify row_number() over (
        partition by
            levels.document_id, levels.paragraph_no, levels.subject_plain, levels.fiscal_year, levels.said_version
        order by levels.stated_as nulls last, levels.claim_no
    ) = 1
),

stated as (
    select
        coordinates.*,
        documents.reconciled_as,
        cells.measure,
        cells.value_yuan,
        form_types.fact,
        forms.certainty >= 0.8 and forms.unit_source = 'printed' and cells.doubt is null as is_certain
    from {{ ref('int_amount_coordinates') }} as coordinates
    inner join {{ ref('int_documents') }} as documents on coordinates.document_id = documents.document_id
    inner join {{ ref('int_cells') }} as cells on coordinates.cell_id = cells.cell_id
    inner join {{ ref('stg_forms') }} as forms on coordinates.form_id = forms.form_id and forms.form_key is not null
    left join {{ ref('forms') }} as form_types on forms.form_key = form_types.form_key
    where
        coordinates.is_stated_as_such
        and coordinates.scope = 'all'
        and coordinates.economic_code = 'all'
        and coordinates.project = 'all'
        and cells.cell_state in ('printed', 'unit_missing')
),

-- a form that gives one coordinate several figures was misunderstood by us: it states none of them
printed as (
    select
        reconciled_as,
        fiscal_year,
        budget_version,
        fund,
        function_code,
        min(cell_id) as cell_id,
        min(value_yuan) as value_yuan,
        coalesce(bool_and(is_certain), false) as is_certain
    from stated
    where
        flow = 'expenditure'
        and spending_kind = 'total'
        and economic_code_government = 'all'
        and subject = 'all'
    group by reconciled_as, fiscal_year, budget_version, fund, function_code
    having min(value_yuan) = max(value_yuan)
),

-- the three public expenses and their parts, in the rows of a form that lists them below each other; where they stand
-- in columns, rules of their own ask
three_public_said as (
    select *
    from levels
    where
        claim_key in (
            'three_public', 'overseas_travel', 'official_reception', 'official_vehicles', 'vehicle_purchase',
            'vehicle_operation'
        )
),

three_public_printed as (
    select
        reconciled_as,
        fiscal_year,
        budget_version,
        subject,
        min(fund) as fund,
        min(cell_id) as cell_id,
        min(value_yuan) as value_yuan,
        coalesce(bool_and(is_certain), false) as is_certain
    from stated
    where fact = 'three_public' and measure = 'total'
    group by reconciled_as, fiscal_year, budget_version, subject
    having min(value_yuan) = max(value_yuan)
),

pairs as (
    select
        said.claim_id,
        said.document_id,
        said.is_doubtful,
        said.is_budget,
        said.amount_yuan,
        said.last_digit_yuan,
        printed.cell_id,
        printed.value_yuan,
        printed.is_certain
    from said
    inner join printed
        on
            said.reconciled_as = printed.reconciled_as
            and said.fiscal_year = printed.fiscal_year
            and said.said_version = printed.budget_version
            and said.fund = printed.fund
            and said.function_code = printed.function_code
    union all
    select
        said.claim_id,
        said.document_id,
        said.is_doubtful,
        said.is_budget,
        said.amount_yuan,
        said.last_digit_yuan,
        printed.cell_id,
        printed.value_yuan,
        printed.is_certain
    from three_public_said as said
    inner join three_public_printed as printed
        on
            said.reconciled_as = printed.reconciled_as
            and said.fiscal_year = printed.fiscal_year
            and said.said_version = printed.budget_version
            and said.claim_key = printed.subject
            -- general public money is what is appropriated of it
            and coalesce(
                said.fund = printed.fund
                or list_has_all(['general_public', 'fiscal_appropriation'], [said.fund, printed.fund]),
                true
            )
)

select
    'figure.stated_in_prose:' || claim_id as identity_id,
    document_id,
    claim_id,
    cell_id,
    is_certain and not is_doubtful as is_certain,
    -- a budget may tell of the appropriation of the year alone, beside a form with what was brought forward
    case
        when
            is_budget
            and abs(amount_yuan - value_yuan) > last_digit_yuan
            and document_id in (select balances.document_id from {{ ref('int_balances') }} as balances)
            then 'coverage_may_differ'
    end as not_asked_because
from pairs
