-- Comparisons in words that the figures beside them contradict, rates of what was nothing before, and changes of which
-- the amount goes one way and the rate the other.
with terms as (
    select
        terms.relation_id,
        terms.role,
        claims.subject,
        claims.amount_text,
        claims.amount_yuan,
        claims.last_digit_yuan,
        coalesce(claims.page_no, claims.line_no) as place
    from {{ ref('stg_relation_terms') }} as terms
    inner join {{ ref('int_claims') }} as claims on terms.claim_id = claims.claim_id
),

compared as (
    select
        relations.relation_id,
        relations.document_id,
        relations.kind,
        relations.claim_id,
        relations.direction,
        relations.is_from_budget,
        afters.subject,
        afters.amount_text as after_text,
        befores.amount_text as before_text,
        changes.amount_text as change_text,
        (afters.amount_yuan - befores.amount_yuan)::decimal(20, 2) as difference_yuan,
        greatest(afters.last_digit_yuan, befores.last_digit_yuan) as step_yuan,
        -- what it is counted from: printed, or this year's figure less the change
        coalesce(
            befores.amount_yuan,
            afters.amount_yuan - case relations.direction when 'down' then -1 else 1 end * changes.amount_yuan
        ) as from_yuan,
        coalesce(afters.place, changes.place) as after_place,
        coalesce(befores.place, changes.place) as before_place
    from {{ ref('stg_relations') }} as relations
    left join terms as afters on relations.relation_id = afters.relation_id and afters.role = 'after'
    left join terms as befores on relations.relation_id = befores.relation_id and befores.role = 'before'
    left join terms as changes on relations.relation_id = changes.relation_id and changes.role = 'change'
    where relations.kind in ('comparison', 'change', 'rate_of_change') and relations.not_asked_because is null
),

stated as (
    select
        claim_id,
        subject,
        subject_plain,
        paragraph_no,
        amount_text,
        amount_yuan,
        rate_percent,
        last_digit_percent,
        coalesce(amount_yuan, rate_percent) > 0 as is_positive,
        coalesce(page_no, line_no) as place
    from {{ ref('int_claims') }}
),

-- rates of completing what was not budgeted, with the other budget of the item that the rate fits
completions_of_nothing as (
    select
        relations.relation_id,
        relations.document_id,
        relations.claim_id,
        stated.subject,
        stated.amount_text,
        stated.place,
        min(others.amount_text) as other_budget
    from {{ ref('stg_relations') }} as relations
    inner join stated on relations.claim_id = stated.claim_id
    inner join terms as wholes
        on relations.relation_id = wholes.relation_id and wholes.role = 'whole' and wholes.amount_yuan = 0
    inner join terms as parts
        on relations.relation_id = parts.relation_id and parts.role = 'part'
    left join {{ ref('int_claims') }} as others
        on
            relations.document_id = others.document_id
            and stated.paragraph_no = others.paragraph_no
            and stated.subject_plain = others.subject_plain
            and others.stated_as = 'budgeted'
            and others.amount_yuan > 0
            and abs(parts.amount_yuan::double - others.amount_yuan::double * stated.rate_percent::double / 100)
            <= others.amount_yuan::double * stated.last_digit_percent::double / 100
    where
        relations.kind = 'completion'
        and stated.rate_percent != 0
        -- nothing that was done of nothing is all of it
        and (parts.amount_yuan != 0 or stated.rate_percent != 100)
    group by all
),

contradicted as (
    select
        compared.*,
        case compared.direction when 'up' then '大于' when 'down' then '小于' else '等于' end as word_zh,
        case compared.direction
            when 'up' then 'more than' when 'down' then 'less than' else 'the same as'
        end as word_en
    from compared
    where
        compared.kind = 'comparison'
        and compared.difference_yuan is not null
        and case compared.direction
            when 'up' then compared.difference_yuan < 0 or (compared.difference_yuan = 0 and compared.is_from_budget)
            when 'down' then compared.difference_yuan > 0 or (compared.difference_yuan = 0 and compared.is_from_budget)
            else abs(compared.difference_yuan) > compared.step_yuan / 2
        end
),

-- 完成预算116.83%，决算数小于预算数: the budget is not printed, the rate says which way it differs
against_completion as (
    select
        relations.relation_id,
        relations.document_id,
        afters.subject,
        afters.place,
        rates.amount_text,
        case relations.direction when 'up' then '大于' when 'down' then '小于' else '等于' end as word_zh,
        case relations.direction
            when 'up' then 'more than' when 'down' then 'less than' else 'the same as'
        end as word_en
    from {{ ref('stg_relations') }} as relations
    inner join {{ ref('stg_relation_terms') }} as outcomes
        on relations.relation_id = outcomes.relation_id and outcomes.role = 'after'
    inner join terms as afters on relations.relation_id = afters.relation_id and afters.role = 'after'
    inner join {{ ref('stg_relation_terms') }} as parts
        on outcomes.claim_id = parts.claim_id and parts.role = 'part'
    inner join {{ ref('stg_relations') }} as completions
        on parts.relation_id = completions.relation_id and completions.kind = 'completion'
    inner join stated as rates on completions.claim_id = rates.claim_id
    where
        relations.kind = 'comparison'
        and relations.is_from_budget
        and relations.not_asked_because = 'before_not_printed'
        and afters.amount_yuan != 0
        and case relations.direction
            when 'up' then rates.rate_percent < 100
            when 'down' then rates.rate_percent > 100
            else abs(rates.rate_percent - 100) > rates.last_digit_percent
        end
)

select
    relation_id as subject_id,
    document_id,
    'wording.comparison_against_figures' as rule_id,
    null::varchar as form_key,
    list_sort(list_distinct([after_place, before_place])) as places,
    format(
        '{}：文字称{}{}，而所列为 {} 与 {}',
        subject, word_zh, case when is_from_budget then '预算数' else '上年数' end, after_text, before_text
    ) as message_zh,
    format(
        '{}: said to be {} {}, but {} stands beside {}',
        subject, word_en, case when is_from_budget then 'budgeted' else 'the year before' end, after_text, before_text
    ) as message_en,
    null::varchar as suspected_amount_id,
    null::varchar as suggested_text
from contradicted

union all

select
    relation_id as subject_id,
    document_id,
    'wording.comparison_against_figures' as rule_id,
    null::varchar as form_key,
    [place] as places,
    format('{}：文字称{}预算数，而所称完成率为 {}', subject, word_zh, amount_text) as message_zh,
    format('{}: said to be {} budgeted, but {} of the budget are said to be spent', subject, word_en, amount_text)
        as message_en,
    null::varchar as suspected_amount_id,
    null::varchar as suggested_text
from against_completion

union all

select
    compared.relation_id as subject_id,
    compared.document_id,
    'wording.rate_of_nothing' as rule_id,
    null::varchar as form_key,
    [coalesce(rates.page_no, rates.line_no)] as places,
    format('{}：上年数为零，不应计算增减率（{}）', rates.subject, rates.amount_text) as message_zh,
    format('{}: there was nothing before, so there is no rate ({})', rates.subject, rates.amount_text) as message_en,
    compared.claim_id as suspected_amount_id,
    null::varchar as suggested_text
from compared
inner join {{ ref('int_claims') }} as rates on compared.claim_id = rates.claim_id
where compared.kind = 'rate_of_change' and compared.from_yuan = 0 and rates.rate_percent != 0

union all

-- 年初预算为0，支出决算为307.82万元，完成年初预算的95.89%; that nothing was done of nothing is often put as 100%
select
    relation_id as subject_id,
    document_id,
    'wording.completion_of_nothing' as rule_id,
    null::varchar as form_key,
    [place] as places,
    case
        when other_budget is null then format('{}：预算数为零，不应计算完成率（{}）', subject, amount_text)
        else format('{}：所称预算数为零，完成率 {} 实为与 {} 相比', subject, amount_text, other_budget)
    end as message_zh,
    case
        when other_budget is null
            then format('{}: nothing was budgeted, so there is no rate of completion ({})', subject, amount_text)
        else format(
            '{}: of the budget it names nothing was planned; {} is the rate of {}', subject, amount_text, other_budget
        )
    end as message_en,
    claim_id as suspected_amount_id,
    null::varchar as suggested_text
from completions_of_nothing

union all

-- 0万元，比上年增加1421.25万元: there would have been less than nothing; or the words are said of another figure
select
    relations.relation_id as subject_id,
    relations.document_id,
    'wording.change_exceeds_level' as rule_id,
    null::varchar as form_key,
    list_sort(list_distinct([afters.place, stated.place])) as places,
    format('{}：数额为 {}，却称增加 {}', stated.subject, afters.amount_text, stated.amount_text) as message_zh,
    format(
        '{}: {}, yet said to be {} more than before', stated.subject, afters.amount_text, stated.amount_text
    ) as message_en,
    relations.claim_id as suspected_amount_id,
    null::varchar as suggested_text
from {{ ref('stg_relations') }} as relations
inner join stated on relations.claim_id = stated.claim_id
inner join terms as afters on relations.relation_id = afters.relation_id and afters.role = 'after'
where
    relations.kind = 'change'
    and relations.direction = 'up'
    and relations.not_asked_because = 'before_not_printed'
    and stated.amount_yuan - afters.amount_yuan > afters.last_digit_yuan

union all

-- 本年3万元，上年2万元，减少1万元
select
    compared.relation_id as subject_id,
    compared.document_id,
    'wording.direction_against_sign' as rule_id,
    null::varchar as form_key,
    list_sort(list_distinct([compared.after_place, compared.before_place, stated.place])) as places,
    format(
        '{}：称“{}”{}，而本年 {}、{} {}',
        stated.subject, case compared.direction when 'up' then '增加' else '减少' end, stated.amount_text,
        compared.after_text, case when compared.is_from_budget then '预算' else '上年' end, compared.before_text
    ) as message_zh,
    format(
        '{}: said to go {} by {}, but it is {} and was {} {}',
        stated.subject, compared.direction, stated.amount_text,
        compared.after_text, compared.before_text,
        case when compared.is_from_budget then 'in the budget' else 'last year' end
    ) as message_en,
    compared.claim_id as suspected_amount_id,
    null::varchar as suggested_text
from compared
inner join stated on compared.claim_id = stated.claim_id
where
    compared.kind in ('change', 'rate_of_change')
    and stated.is_positive
    and case compared.direction
        when 'up' then compared.difference_yuan < 0
        when 'down' then compared.difference_yuan > 0
        else false
    end

union all

select
    relations.relation_id as subject_id,
    relations.document_id,
    'wording.directions_differ' as rule_id,
    null::varchar as form_key,
    [coalesce(rates.page_no, rates.line_no)] as places,
    format(
        '{}：增减额（{}）与增减率（{}）方向相反', coalesce(rates.subject, changes.subject), changes.amount_text, rates.amount_text
    ) as message_zh,
    format(
        '{}: the change ({}) goes one way and its rate ({}) the other',
        coalesce(rates.subject, changes.subject), changes.amount_text, rates.amount_text
    ) as message_en,
    relations.claim_id as suspected_amount_id,
    null::varchar as suggested_text
from {{ ref('stg_relations') }} as relations
inner join {{ ref('int_claims') }} as rates on relations.claim_id = rates.claim_id
inner join terms as changes on relations.relation_id = changes.relation_id and changes.role = 'change'
where relations.kind = 'rate_of_change' and relations.not_asked_because = 'direction_differs'
