-- What a document comes to: one figure for each question that is asked of every document.
with preferred as (
    select * from {{ ref('dim_restatement') }}
    where is_preferred
),

-- one figure for each kind of spending and fund, from the classification that adds up best
kinds as (
    select
        document_id,
        -- two words for the money that is not basic expenditure
        case spending_kind when 'special_project' then 'project' else spending_kind end as spending_kind,
        fund,
        arg_min(
            coalesce(total_yuan, leaves_yuan),
            struct_pack(
                differs := agreement = 'differs',
                unlike_word := spending_kind = 'special_project',
                no_total := total_yuan is null,
                detail := -coalesce(code_digits, 0),
                restatement_id
            )
        ) as amount_yuan
    from {{ ref('dim_restatement') }}
    where is_most_detailed and (total_yuan is not null or leaf_count > 0)
    group by all
),

by_kind as (
    select
        document_id,
        {%- for kind in ['basic', 'project', 'personnel', 'public_operating'] %}
            arg_min(amount_yuan, list_position(['all', 'fiscal_appropriation', 'general_public'], fund))
            filter (spending_kind = '{{ kind }}' and fund in ('all', 'fiscal_appropriation', 'general_public'))
                as {{ kind }}_yuan,
        {%- endfor %}
    {%- for fund in ['fiscal_appropriation', 'general_public', 'government_fund', 'state_capital'] %}
        max(amount_yuan) filter (spending_kind = 'total' and fund = '{{ fund }}') as {{ fund }}_yuan
        {{- "," if not loop.last }}
    {%- endfor %}
    from kinds
    group by document_id
),

-- where basic expenditure is two tables side by side, each states its own total
side_totals as (
    select
        document_id,
        max(amount_yuan) filter (line_key = 'personnel_total') as personnel_yuan,
        max(amount_yuan) filter (line_key = 'public_operating_total') as public_operating_yuan
    from {{ ref('fct_spending_lines') }}
    where line_key in ('personnel_total', 'public_operating_total') and spending_kind = 'basic'
    group by document_id
),

-- A form of many units adds them up; the row that does so is the document's. Statements that disagree give nothing.
three_public_figures as (
    select
        document_id,
        coalesce(basis, 'budgeted') as basis,
        measure,
        form_id,
        column_path,
        coalesce(max(amount_yuan) filter (row_kind = 'total'), sum(amount_yuan) filter (is_leaf))::decimal(20, 2)
            as amount_yuan
    from {{ ref('fct_three_public') }}
    group by all
),

three_public_agreed as (
    select
        document_id,
        basis,
        measure,
        case when min(amount_yuan) = max(amount_yuan) then min(amount_yuan) end as amount_yuan
    from three_public_figures
    group by document_id, basis, measure
),

three_public as (
    select
        document_id,
        {%- for basis in ['budgeted', 'actual'] %}
        {%- for measure in [
            'three_public', 'overseas_travel', 'official_reception', 'official_vehicles', 'meetings', 'training',
        ] %}
                max(amount_yuan) filter (basis = '{{ basis }}' and measure = '{{ measure }}')
                    as {{ basis }}_{{ measure }},
            {%- endfor %}
        {%- endfor %}
        count(*) as figures
    from three_public_agreed
    group by document_id
),

-- where the form is blank, the prose often says what there was: nothing, as a rule
three_public_in_prose as (
    select
        document_id,
        case when min(amount_yuan) = max(amount_yuan) then min(amount_yuan) end as amount_yuan
    from {{ ref('fct_claims') }}
    where
        claim_key = 'three_public'
        and kind = 'level'
        and trust != 'quarantined'
        and coalesce(stated_as, 'none') != case stage when 'final_accounts' then 'budgeted' else 'actual' end
        and coalesce(basis_year, fiscal_year) = fiscal_year
    group by document_id
),

head_counts as (
    select
        document_id,
        min(quantity) filter (count_key = 'actual') as fewest,
        max(quantity) filter (count_key = 'actual') as most,
        min(quantity) filter (count_key = 'authorised') as fewest_authorised,
        max(quantity) filter (count_key = 'authorised') as most_authorised
    from {{ ref('fct_staffing') }}
    group by document_id
),

-- what the document says of its own income
incomes as (
    select
        lines.document_id,
        arg_min(
            lines.amount_yuan,
            struct_pack(
                other_line := lines.line_key != 'current_total',
                fund_rank := list_position(['all', 'fiscal_appropriation', 'general_public'], lines.fund),
                form_key := lines.form_key,
                amount_id := lines.amount_id
            )
        ) as revenue_yuan
    from {{ ref('fct_revenue_lines') }} as lines
    where
        lines.line_key in ('current_total', 'form_total')
        and lines.measure in ('total', 'income')
        and lines.fund in ('all', 'fiscal_appropriation', 'general_public')
    group by lines.document_id
),

staged as (
    select
        documents.document_id,
        documents.publisher_name,
        documents.fiscal_year,
        documents.stage,
        coalesce(
            documents.document_level, case when documents.parent_name is null then 'department' else 'unit' end
        ) as document_level,
        documents.scope,
        coalesce(preferred.document_total_yuan, preferred.leaves_yuan) as total_yuan,
        preferred.restatement_id,
        preferred.form_key as total_from_form,
        preferred.agreement as total_agreement,
        incomes.revenue_yuan,
        by_kind.fiscal_appropriation_yuan,
        by_kind.general_public_yuan,
        by_kind.government_fund_yuan,
        by_kind.state_capital_yuan,
        by_kind.basic_yuan,
        by_kind.project_yuan,
        coalesce(by_kind.personnel_yuan, side_totals.personnel_yuan) as personnel_yuan,
        coalesce(by_kind.public_operating_yuan, side_totals.public_operating_yuan) as public_operating_yuan,
        coalesce(
            case documents.stage
                when 'final_accounts' then three_public.actual_three_public
                else three_public.budgeted_three_public
            end,
            three_public_in_prose.amount_yuan
        ) as three_public_yuan,
        {%- for measure in [
            'overseas_travel', 'official_reception', 'official_vehicles', 'meetings', 'training',
        ] %}
            case documents.stage
                when 'final_accounts' then three_public.actual_{{ measure }} else three_public.budgeted_{{ measure }}
            end as {{ measure }}_yuan,
        {%- endfor %}
        case when documents.stage = 'final_accounts' then three_public.budgeted_three_public end
            as three_public_budgeted_yuan,
        case when head_counts.fewest = head_counts.most then head_counts.most end as head_count,
        case when head_counts.fewest_authorised = head_counts.most_authorised then head_counts.most_authorised end
            as authorised_head_count,
        scorecard.identities_asked,
        scorecard.identities_break,
        scorecard.discrepancy_causes,
        scorecard.amounts_reconciled_pct,
        scorecard.amounts_disputed,
        preferred.total_trust
    from {{ ref('dim_document') }} as documents
    inner join {{ ref('fct_disclosure_scorecard') }} as scorecard on documents.document_id = scorecard.document_id
    left join preferred on documents.document_id = preferred.document_id
    left join by_kind on documents.document_id = by_kind.document_id
    left join three_public on documents.document_id = three_public.document_id
    left join side_totals on documents.document_id = side_totals.document_id
    left join three_public_in_prose on documents.document_id = three_public_in_prose.document_id
    left join head_counts on documents.document_id = head_counts.document_id
    left join incomes on documents.document_id = incomes.document_id
    where documents.status = 'read' and not documents.is_template
)

select
    *,
    (personnel_yuan / nullif(head_count, 0))::decimal(20, 2) as personnel_per_head_yuan,
    (basic_yuan / nullif(head_count, 0))::decimal(20, 2) as basic_per_head_yuan
from staged
