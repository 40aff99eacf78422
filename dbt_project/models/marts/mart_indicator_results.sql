-- What became of each target that has a result. A bare quantity says not whether more is better, so more or less
-- of it is neither met nor missed.
with results as (
    select
        *,
        case comparator
            when '≥' then actual_value > target_value
            when '>' then actual_value > target_value
            when '≤' then coalesce(actual_value_high, actual_value) < target_value
            when '<' then coalesce(actual_value_high, actual_value) < target_value
        end as is_better,
        case
            when target_text is null then 'no_target'
            when target_number is null and target_by is null then 'target_in_words'
            when target_number is null and actual_by is null then 'result_in_words'
            when actual_number is null and actual_by is null then 'result_in_words'
            when not are_comparable then 'measures_differ'
            else 'inexact'
        end as because
    from {{ ref('fct_performance_indicators') }}
    where actual_text is not null
),

judged as (
    select
        *,
        case
            when is_achieved and is_better then 'exceeded'
            when is_achieved then 'met'
            when not is_achieved then 'missed'
            when comparator = '=' and actual_comparator = '=' and are_comparable and actual_value > target_value
                then 'more'
            when comparator = '=' and actual_comparator = '=' and are_comparable and actual_value < target_value
                then 'less'
            when target_number is null and target_by is null and trim(target_text) = trim(actual_text)
                then 'repeated'
            else 'not_comparable'
        end as target_outcome
    from results
)

select
    indicator_id,
    document_id,
    publisher_name,
    fiscal_year,
    form_key,
    subject,
    level_1,
    level_2,
    indicator,
    target_text,
    actual_text,
    target_outcome,
    case when target_outcome = 'not_comparable' then because end as not_comparable_because,
    case
        when are_comparable then (100 * actual_value / nullif(target_value, 0))::decimal(20, 2)
    end as attained_pct,
    weight,
    score,
    case when weight > 0 then (100 * score / weight)::decimal(20, 2) end as scored_pct,
    page_no,
    line_no
from judged
