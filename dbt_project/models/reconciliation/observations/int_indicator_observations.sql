-- What indicators of performance forms say that cannot be: a rate without a rate, a quantity without a number, points.
with indicators as (
    select
        indicators.*,
        coalesce(indicators.page_no, indicators.line_no) as place,
        -- a name may say in brackets what it is counted in: 完成率（%）
        regexp_replace(indicators.indicator, '[（(][^（()）]*[）)]$', '') as name
    from {{ ref('stg_indicators') }} as indicators
    inner join {{ ref('stg_forms') }} as forms on indicators.form_id = forms.form_id
    where not forms.is_template
),

no_rates as (
    select '(' || string_agg(word, '|' order by word) || ')$' as pattern
    from {{ ref('quantity_words') }}
    where kind = 'no_rate'
),

whole_words as (
    select string_agg(word, '|' order by word) as pattern
    from {{ ref('quantity_words') }}
    where kind = 'whole'
),

points as (
    select
        document_id,
        form_id,
        form_key,
        sum(weight) as points,
        list_distinct(list(place)) as places,
        min(place) as place
    from indicators
    group by document_id, form_id, form_key
    having count(*) >= 3 and count(*) = count(weight)
)

select
    indicators.indicator_id as subject_id,
    indicators.document_id,
    'indicator.rate_without_rate' as rule_id,
    indicators.form_key,
    [indicators.place] as places,
    format('{}：名为比率，指标值“{}”却不是比率', indicators.indicator, indicators.target_text) as message_zh,
    format('{}: called a rate, but its target is none: {}', indicators.indicator, indicators.target_text) as message_en,
    null::varchar as suspected_amount_id,
    null::varchar as suggested_text
from indicators
cross join no_rates
cross join whole_words
where
    indicators.name like '%率'
    and not regexp_matches(indicators.name, no_rates.pattern)
    and not regexp_matches(indicators.indicator, '[%％‰]')
    and not regexp_matches(indicators.target_text, '[%％‰:：/]')
    and not regexp_matches(indicators.target_text, whole_words.pattern)

union all

select
    indicators.indicator_id as subject_id,
    indicators.document_id,
    'indicator.quantity_without_number' as rule_id,
    indicators.form_key,
    [indicators.place] as places,
    format('{}：列为数量指标，指标值“{}”却没有数量', indicators.indicator, indicators.target_text) as message_zh,
    format(
        '{}: listed among quantities, but its target has no number: {}', indicators.indicator, indicators.target_text
    ) as message_en,
    null::varchar as suspected_amount_id,
    null::varchar as suggested_text
from indicators
cross join whole_words
where
    indicators.level_2 = '数量指标'
    and not regexp_matches(indicators.target_text, '[0-9０-９一二三四五六七八九十百两]')
    and not regexp_matches(indicators.target_text, whole_words.pattern)
    -- 无 says that there is no such indicator
    and indicators.target_text != indicators.indicator

union all

select
    indicator_id as subject_id,
    document_id,
    'indicator.score_above_weight' as rule_id,
    form_key,
    [place] as places,
    format('{}：得分 {} 高于分值 {}', indicator, greatest(score, review_score)::double, weight::double) as message_zh,
    format('{}: {} points of {}', indicator, greatest(score, review_score)::double, weight::double) as message_en,
    null::varchar as suspected_amount_id,
    null::varchar as suggested_text
from indicators
where weight > 0 and greatest(score, review_score) > weight

union all

-- 10 of the 100 points may be those of the project's money, in the head of the form
select
    form_id as subject_id,
    document_id,
    'indicator.weights_do_not_sum' as rule_id,
    form_key,
    [place] as places,
    format('各项指标分值合计 {}，不是 100', points::double) as message_zh,
    format('The points of all indicators come to {}, not to 100', points::double) as message_en,
    null::varchar as suspected_amount_id,
    null::varchar as suggested_text
from points
where points not in (90, 100)
