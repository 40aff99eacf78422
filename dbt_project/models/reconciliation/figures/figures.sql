-- Every stated figure with what it is of: amounts of forms, figures of the prose, money in performance indicators, and
-- counts.
with amounts as (
    select
        amounts.amount_id as figure_id,
        'amount' as figure_kind,
        amounts.document_id,
        amounts.form_id,
        amounts.page_no,
        amounts.line_no,
        amounts.row_label as label,
        amounts.amount_text as printed_text,
        amounts.unit,
        amounts.amount_yuan as value_yuan,
        amounts.last_digit_yuan,
        columns.nature,
        {{ coordinate_columns('coordinates') }}
    from {{ ref('stg_amounts') }} as amounts
    inner join {{ ref('stg_columns') }} as columns
        on
            amounts.form_id = columns.form_id
            and amounts.side_no = columns.side_no
            and amounts.col_no = columns.col_no
    left join {{ ref('int_amount_coordinates') }} as coordinates on amounts.amount_id = coordinates.amount_id
),

claims as (
    select
        claims.claim_id as figure_id,
        'claim' as figure_kind,
        claims.document_id,
        claims.form_id,
        claims.page_no,
        claims.line_no,
        claims.subject as label,
        claims.amount_text as printed_text,
        claims.unit,
        claims.amount_yuan as value_yuan,
        claims.last_digit_yuan,
        case claims.kind
            when 'level' then 'figure'
            when 'change' then 'change'
            when 'share' then 'share'
            else 'rate'
        end as nature,
        dimensions.scope,
        claims.basis_year as fiscal_year,
        claims.budget_version,
        dimensions.flow,
        dimensions.fund,
        dimensions.spending_kind,
        dimensions.function_code,
        dimensions.economic_code,
        dimensions.three_public as subject
    from {{ ref('stg_claims') }} as claims
    inner join {{ ref('int_claim_dimensions') }} as dimensions on claims.claim_id = dimensions.claim_id
),

indicators as (
    select
        indicators.indicator_id as figure_id,
        'indicator' as figure_kind,
        indicators.document_id,
        indicators.form_id,
        indicators.page_no,
        indicators.line_no,
        indicators.indicator as label,
        indicators.target_text as printed_text,
        indicators.target_unit as unit,
        indicators.target_value::decimal(20, 2) as value_yuan,
        'figure' as nature,
        documents.fiscal_year,
        indicators.subject as project
    from {{ ref('stg_indicators') }} as indicators
    inner join {{ ref('int_identified_documents') }} as documents on indicators.document_id = documents.document_id
    where indicators.target_measure = '元' and indicators.target_value is not null
),

counts as (
    select
        counts.count_id as figure_id,
        'count' as figure_kind,
        counts.document_id,
        counts.form_id,
        counts.page_no,
        counts.line_no,
        counts.subject as label,
        counts.count_text as printed_text,
        counts.unit,
        counts.quantity::decimal(20, 2) as quantity,
        'count' as nature,
        counts.count_key as subject
    from {{ ref('stg_counts') }} as counts
),

stated as (
    select * from amounts
    union all by name
    select * from claims
    union all by name
    select * from indicators
    union all by name
    select * from counts
)

select
    figure_id,
    figure_kind,
    document_id,
    form_id,
    page_no,
    line_no,
    label,
    printed_text,
    unit,
    value_yuan,
    last_digit_yuan,
    quantity,
    nature,
    {{ coordinate_columns() }}
from stated
