-- What was planned beside what was spent: from a budget and the final accounts of the same year where both are here,
-- and from what final accounts by themselves say of the budget.
{%- set totals = [
    'total', 'general_public', 'government_fund', 'state_capital', 'basic', 'project', 'personnel', 'public_operating',
    'three_public', 'overseas_travel', 'official_reception', 'official_vehicles', 'meetings', 'training',
] %}
with pairs as (
    select
        budgets.publisher_name,
        budgets.fiscal_year,
        budgets.document_id as budget_document_id,
        finals.document_id as final_document_id
    from {{ ref('mart_publisher_year') }} as budgets
    inner join {{ ref('mart_publisher_year') }} as finals
        on
            budgets.publisher_name = finals.publisher_name
            and budgets.fiscal_year = finals.fiscal_year
            -- an office is not compared with its whole department
            and budgets.document_level = finals.document_level
    where budgets.stage = 'budget' and finals.stage = 'final_accounts'
),

figures as (
    {%- for total in totals %}
        select
            document_id,
            'total' as subject_kind,
            '{{ total }}' as subject,
            null::varchar as code,
            {{ total }}_yuan as amount_yuan,
            {{ "total_trust = 'disputed'" if total == 'total' else 'null::boolean' }} as is_disputed
        from {{ ref('mart_document_totals') }}
        union all
    {%- endfor %}
    select
        document_id,
        'function' as subject_kind,
        coalesce(name, code) as subject,
        code,
        amount_yuan,
        is_disputed
    from {{ ref('mart_function_tree') }}
),

sides as (
    select
        pairs.*,
        figures.subject_kind,
        figures.code,
        coalesce(figures.code, figures.subject) as subject_key,
        max(figures.subject) as subject,
        max(figures.amount_yuan) filter (figures.document_id = pairs.budget_document_id) as budget_yuan,
        max(figures.amount_yuan) filter (figures.document_id = pairs.final_document_id) as final_yuan,
        bool_or(figures.is_disputed) as is_disputed
    from pairs
    inner join figures on figures.document_id in (pairs.budget_document_id, pairs.final_document_id)
    group by all
),

-- Statements of one thing that disagree give no figure.
in_three_public_form as (
    select
        lines.document_id,
        lines.measure as subject,
        {%- for side, basis in [('budget', 'budgeted'), ('final', 'actual')] %}
            case
                when
                    min(lines.amount_yuan) filter (lines.basis = '{{ basis }}')
                    = max(lines.amount_yuan) filter (lines.basis = '{{ basis }}')
                    then min(lines.amount_yuan) filter (lines.basis = '{{ basis }}')
            end as {{ side }}_yuan,
        {%- endfor %}
        bool_or(lines.trust = 'disputed') as is_disputed
    from {{ ref('fct_three_public') }} as lines
    where lines.stage = 'final_accounts' and lines.measure is not null
    group by lines.document_id, lines.measure
),

in_prose as (
    select
        claims.document_id,
        claims.subject,
        max(claims.code) as code,
        {%- for side, basis in [('budget', 'budgeted'), ('final', 'actual')] %}
            case
                when
                    min(claims.amount_yuan) filter (claims.stated_as = '{{ basis }}')
                    = max(claims.amount_yuan) filter (claims.stated_as = '{{ basis }}')
                    then min(claims.amount_yuan) filter (claims.stated_as = '{{ basis }}')
            end as {{ side }}_yuan,
        {%- endfor %}
        bool_or(claims.trust = 'disputed') as is_disputed
    from {{ ref('fct_claims') }} as claims
    where
        claims.stage = 'final_accounts'
        and claims.kind = 'level'
        and claims.subject is not null
        and claims.trust != 'quarantined'
    group by claims.document_id, claims.subject
),

within_final_accounts as (
    select
        document_id as final_document_id,
        'three_public_form' as compared,
        'three_public' as subject_kind,
        subject,
        null::varchar as code,
        budget_yuan,
        final_yuan,
        is_disputed
    from in_three_public_form
    union all
    select
        document_id as final_document_id,
        'prose' as compared,
        'prose' as subject_kind,
        subject,
        code,
        budget_yuan,
        final_yuan,
        is_disputed
    from in_prose
),

gathered as (
    select
        'two_documents' as compared,
        * exclude (subject_key)
    from sides
    union all by name
    select
        within_final_accounts.*,
        documents.publisher_name,
        documents.fiscal_year,
        null::varchar as budget_document_id
    from within_final_accounts
    inner join {{ ref('dim_document') }} as documents on within_final_accounts.final_document_id = documents.document_id
)

select
    final_document_id,
    budget_document_id,
    publisher_name,
    fiscal_year,
    compared,
    subject_kind,
    subject,
    code,
    budget_yuan,
    final_yuan,
    (final_yuan - budget_yuan)::decimal(20, 2) as difference_yuan,
    (100 * final_yuan / nullif(budget_yuan, 0))::decimal(20, 2) as executed_pct,
    coalesce(final_yuan > budget_yuan, false) as is_over_budget,
    is_disputed
from gathered
-- what only one side prints compares nothing, unless it is a function that the other side has no money for
where (budget_yuan is not null and final_yuan is not null) or subject_kind = 'function'
