-- The forms state the same spending many times over. Each statement of it, with what it adds up to, so that one of
-- them can be chosen: here, and nowhere else.
{%- set totals = "['current_total', 'form_total', 'grand_total']" %}
with added_up as (
    select
        restatement_id,
        document_id,
        form_id,
        form_key,
        side_key as classification,
        spending_kind,
        fund,
        min(preference) as preference,
        count(*) filter (is_leaf) as leaf_count,
        max(length(code)) filter (is_leaf) as code_digits,
        coalesce(sum(amount_yuan) filter (is_leaf), 0)::decimal(20, 2) as leaves_yuan,
        coalesce(
            max(amount_yuan) filter (line_key = 'current_total'),
            max(amount_yuan) filter (line_key = 'form_total'),
            -- tables side by side, each with a total of its own
            max(amount_yuan) filter (line_key = 'personnel_total')
            + max(amount_yuan) filter (line_key = 'public_operating_total'),
            max(amount_yuan) filter (line_key = 'grand_total')
        )::decimal(20, 2) as total_yuan,
        (
            sum(last_digit_yuan) filter (is_leaf) + coalesce(max(last_digit_yuan) filter (row_kind = 'total'), 0)
        )::decimal(20, 2) / 2 as tolerance_yuan,
        min_by(trust, struct_pack(place := list_position({{ totals }}, line_key), trust))
        filter (line_key in {{ totals | replace('[', '(') | replace(']', ')') }}) as total_trust
    from {{ ref('int_spending_amounts') }}
    group by all
),

judged as (
    select
        *,
        case
            when total_yuan is null then 'no_total'
            when leaves_yuan = total_yuan then 'exact'
            when abs(leaves_yuan - total_yuan) <= tolerance_yuan then 'rounding'
            else 'differs'
        end as agreement,
        list_position(['exact', 'rounding', 'no_total', 'differs'], agreement) as agreement_rank,
        list_position(['all', 'fiscal_appropriation', 'general_public'], fund) as fund_rank,
        coalesce(
            list_position(['function', 'economic', 'economic_government', 'unit', 'unit_project'], classification), 9
        ) as classification_rank
    from added_up
),

-- what most of the statements of all its money call the document's total
totals as (
    select
        document_id,
        fund_rank,
        total_yuan,
        count(*) as times,
        min(preference) as preference
    from judged
    where spending_kind = 'total' and fund_rank is not null and total_yuan is not null
    group by document_id, fund_rank, total_yuan
),

document_totals as (
    select
        document_id,
        arg_min(total_yuan, struct_pack(fund_rank, least := -times, preference, total_yuan)) as document_total_yuan
    from totals
    group by document_id
),

ranked as (
    select
        judged.*,
        document_totals.document_total_yuan,
        row_number() over (
            partition by judged.document_id
            order by
                judged.spending_kind = 'total' and judged.fund_rank is not null desc,
                -- its leaves make the document's total, exactly if possible
                judged.leaves_yuan is not distinct from document_totals.document_total_yuan desc,
                judged.total_yuan is not distinct from document_totals.document_total_yuan desc,
                judged.agreement_rank,
                judged.code_digits desc nulls last,
                judged.fund_rank asc,
                judged.classification_rank asc,
                judged.preference asc,
                judged.restatement_id asc
        ) as rank_in_document,
        row_number() over (
            partition by judged.document_id, judged.spending_kind, judged.fund, judged.classification
            order by
                -- rounding does not tell against detail
                greatest(judged.agreement_rank, 2),
                judged.code_digits desc nulls last,
                judged.leaf_count desc,
                judged.agreement_rank asc,
                judged.preference asc,
                judged.restatement_id asc
        ) as rank_in_kind
    from judged
    left join document_totals on judged.document_id = document_totals.document_id
)

select
    restatement_id,
    document_id,
    form_id,
    form_key,
    classification,
    spending_kind,
    fund,
    leaf_count,
    code_digits,
    leaves_yuan,
    total_yuan,
    total_trust,
    agreement,
    document_total_yuan,
    rank_in_document = 1 and spending_kind = 'total' and fund_rank is not null as is_preferred,
    rank_in_kind = 1 as is_most_detailed
from ranked
