-- Wordings that do not fit: what is left unsaid, said twice differently, or said of another year.
with documents as (
    select
        document_id,
        fiscal_year,
        stage
    from {{ ref('int_identified_documents') }}
),

-- A document without a single figure is a blank template, and may say anything.
with_figures as (
    select document_id
    from {{ ref('stg_amounts') }}
    where amount_kind = 'number'
    union
    select document_id from {{ ref('stg_claims') }}
),

remarks as (
    select
        remarks.*,
        forms.form_key,
        coalesce(remarks.page_no, remarks.line_no) as place
    from {{ ref('stg_remarks') }} as remarks
    semi join with_figures on remarks.document_id = with_figures.document_id
    left join {{ ref('stg_forms') }} as forms on remarks.form_id = forms.form_id
    where not coalesce(forms.is_template, false)
),

claims as (
    select
        claims.*,
        documents.fiscal_year,
        documents.stage,
        coalesce(claims.page_no, claims.line_no) as place
    from {{ ref('stg_claims') }} as claims
    inner join documents on claims.document_id = documents.document_id
),

placeholders as (
    select
        min(remark_id) as subject_id,
        document_id,
        'wording.placeholder' as rule_id,
        form_key,
        [place] as places,
        format('留有未填写或未选定的模板文字：{}', string_agg(text, '、' order by remark_id)) as message_zh,
        format('Words of a template are left in: {}', string_agg(text, ', ' order by remark_id)) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from remarks
    where kind = 'placeholder'
    group by document_id, form_id, form_key, place
),

no_change as (
    select
        remarks.remark_id as subject_id,
        remarks.document_id,
        'wording.no_change_beside_a_change' as rule_id,
        null::varchar as form_key,
        [min(remarks.place)] as places,
        format(
            '{}：既称“{}”，又列出增减额 {}',
            min(remarks.subject),
            min(remarks.text),
            string_agg(claims.amount_text, '、' order by claims.claim_id)
        ) as message_zh,
        format(
            '{}: said not to have changed ({}), beside a change of {}',
            min(remarks.subject),
            min(remarks.text),
            string_agg(claims.amount_text, ', ' order by claims.claim_id)
        ) as message_en,
        min(claims.claim_id) as suspected_amount_id,
        null::varchar as suggested_text
    from remarks
    inner join claims
        on
            remarks.document_id = claims.document_id
            and remarks.place = claims.place
            and remarks.subject = claims.subject
            -- 较上年持平 says nothing of a change against the budget
            and coalesce(remarks.compared_with, 'last_year') = coalesce(claims.compared_with, 'last_year')
    where remarks.kind = 'no_change' and claims.kind = 'change' and claims.amount_yuan != 0
    group by remarks.remark_id, remarks.document_id
),

levels as (
    select
        document_id,
        place,
        subject,
        min(amount_yuan) filter (where basis_year = fiscal_year) as this_yuan,
        min(amount_yuan) filter (where basis_year = fiscal_year - 1) as last_yuan,
        min(amount_text) filter (where basis_year = fiscal_year) as this_text,
        min(amount_text) filter (where basis_year = fiscal_year - 1) as last_text
    from claims
    where kind = 'level'
    group by document_id, place, subject
    having
        count(distinct amount_yuan) filter (where basis_year = fiscal_year) = 1
        and count(distinct amount_yuan) filter (where basis_year = fiscal_year - 1) = 1
),

asked as (
    select distinct relations.claim_id
    from {{ ref('stg_relations') }} as relations
    where relations.kind in ('change', 'rate_of_change') and relations.not_asked_because is null
),

directed as (
    select
        claims.*,
        levels.this_text,
        levels.last_text,
        case claims.direction when 'up' then '增加' else '减少' end as word,
        -- "增长-5%" is how a fall is often written; "减少-5%" never is
        claims.kind = 'change' and claims.amount_yuan < 0
        or claims.direction = 'down' and claims.rate_percent < 0 as is_negative,
        asked.claim_id is null
        and (
            claims.direction = 'up' and levels.this_yuan < levels.last_yuan
            or claims.direction = 'down' and levels.this_yuan > levels.last_yuan
        ) as is_against_levels
    from claims
    left join levels
        on
            claims.document_id = levels.document_id
            and claims.place = levels.place
            and claims.subject = levels.subject
            and coalesce(claims.compared_with, 'last_year') = 'last_year'
    -- figures that are known to be compared are held against each other in int_comparison_observations
    left join asked on claims.claim_id = asked.claim_id
    where claims.kind in ('change', 'rate') and claims.direction is not null
),

against_sign as (
    select
        claim_id as subject_id,
        document_id,
        'wording.direction_against_sign' as rule_id,
        null::varchar as form_key,
        [place] as places,
        case
            when is_negative then format('{}：“{}”后的数字 {} 为负', subject, word, amount_text)
            else format('{}：称“{}”{}，而本年 {}、上年 {}', subject, word, amount_text, this_text, last_text)
        end as message_zh,
        case
            when is_negative
                then format('{}: "{}" is said of a negative figure, {}', subject, direction, amount_text)
            else format(
                '{}: said to go {} by {}, but it is {} this year and was {} last year',
                subject, direction, amount_text, this_text, last_text
            )
        end as message_en,
        claim_id as suspected_amount_id,
        null::varchar as suggested_text
    from directed
    where is_negative or is_against_levels
),

totals as (
    select
        amounts.document_id,
        amounts.form_key,
        amounts.amount_yuan,
        amounts.last_digit_yuan,
        coalesce(amounts.page_no, amounts.line_no) as place
    from {{ ref('stg_amounts') }} as amounts
    inner join documents on amounts.document_id = documents.document_id
    inner join {{ ref('forms') }} as form_types
        on amounts.form_key = form_types.form_key and documents.stage = form_types.stage
    where
        amounts.row_kind = 'total'
        and amounts.measure = 'total'
        and amounts.amount_yuan != 0
        and form_types.fact in ('spending', 'revenue')
),

of_this_year as (
    select distinct
        document_id,
        place,
        subject
    from claims
    where kind = 'level' and basis_year = fiscal_year
),

of_another_year as (
    select
        claims.*,
        totals.place as total_place
    from claims
    inner join totals
        on
            claims.document_id = totals.document_id
            and abs(claims.amount_yuan - totals.amount_yuan)
            <= (claims.last_digit_yuan + totals.last_digit_yuan) / 2
    -- a figure that is stated for both years is meant for both
    anti join of_this_year
        on
            claims.document_id = of_this_year.document_id
            and claims.place = of_this_year.place
            and claims.subject is not distinct from of_this_year.subject
    where
        claims.kind = 'level'
        and claims.form_id is null
        and regexp_full_match(claims.year_text, '20\d\d')
        and claims.year_text != claims.fiscal_year::varchar
        and claims.compared_with is null
        and coalesce(claims.subject, '') not like '%结转%'
),

wrong_year as (
    select
        min(claim_id) as subject_id,
        document_id,
        'wording.wrong_year' as rule_id,
        null::varchar as form_key,
        list_sort([place, min(total_place)]) as places,
        format(
            '称 {} 年{} {}，而这是本文件 {} 年各表的合计数',
            arg_min(year_text, claim_id),
            coalesce(arg_min(subject, claim_id), '金额'),
            arg_min(amount_text, claim_id),
            min(fiscal_year)
        ) as message_zh,
        format(
            '{} ({}) is stated for {}, but it is the total of the forms of this document, of {}',
            arg_min(amount_text, claim_id),
            coalesce(arg_min(subject, claim_id), 'amount'),
            arg_min(year_text, claim_id),
            min(fiscal_year)
        ) as message_en,
        -- the figure is right, its year is not
        null::varchar as suspected_amount_id,
        format('{}年', min(fiscal_year)) as suggested_text
    from of_another_year
    group by document_id, place
),

form_years as (
    select
        remarks.form_id as subject_id,
        remarks.document_id,
        'wording.form_year' as rule_id,
        min(remarks.form_key) as form_key,
        [min(remarks.place)] as places,
        format(
            '表名所印为 {}，而文件为 {} 年', min(remarks.text), min(documents.fiscal_year)
        ) as message_zh,
        format(
            'The form is titled {}, but the document is of {}',
            min(remarks.text),
            min(documents.fiscal_year)
        ) as message_en,
        null::varchar as suspected_amount_id,
        format('{}年', min(documents.fiscal_year)) as suggested_text
    from remarks
    inner join documents on remarks.document_id = documents.document_id
    inner join {{ ref('forms') }} as form_types
        on
            remarks.form_key = form_types.form_key
            -- a budget may report last year's self-evaluation
            and coalesce(form_types.stage, documents.stage) = documents.stage
    where
        remarks.kind = 'form_year'
        -- what is carried over is of the year before
        and remarks.form_key != 'budget_carryover'
    group by remarks.form_id, remarks.document_id
    having bool_and(remarks.year != documents.fiscal_year)
),

-- 67.38万元, down by 5.38元: a change in another unit than what changed, and far below one of that unit
unit_differs as (
    select
        changes.claim_id as subject_id,
        min(changes.document_id) as document_id,
        'wording.unit_differs' as rule_id,
        null::varchar as form_key,
        [min(changes.place)] as places,
        format(
            '{}：金额 {}，增减额却为 {}',
            min(changes.subject),
            min(levels.amount_text),
            min(changes.amount_text)
        ) as message_zh,
        format(
            '{}: the figure is {}, but its change is {}',
            min(changes.subject),
            min(levels.amount_text),
            min(changes.amount_text)
        ) as message_en,
        changes.claim_id as suspected_amount_id,
        regexp_replace(min(changes.amount_text), '元$', '') || min(levels.unit) as suggested_text
    from claims as changes
    inner join claims as levels
        on
            changes.document_id = levels.document_id
            and changes.place = levels.place
            and changes.subject = levels.subject
            and levels.kind = 'level'
    where
        changes.kind = 'change'
        and changes.unit = '元'
        and levels.unit = '万元'
        and changes.amount_yuan != 0
        and changes.amount_yuan < levels.last_digit_yuan
    group by changes.claim_id
),

-- 0万元，占100%: what is nothing is no share of anything
share_of_nothing as (
    select
        shares.claim_id as subject_id,
        min(shares.document_id) as document_id,
        'wording.share_of_nothing' as rule_id,
        null::varchar as form_key,
        [min(shares.place)] as places,
        format(
            '{}：数额为 {}，却称占 {}',
            min(shares.subject),
            min(levels.amount_text),
            min(shares.amount_text)
        ) as message_zh,
        format(
            '{}: {}, yet said to be {}',
            min(shares.subject),
            min(levels.amount_text),
            min(shares.amount_text)
        ) as message_en,
        shares.claim_id as suspected_amount_id,
        '0%' as suggested_text
    from claims as shares
    inner join claims as levels
        on
            shares.document_id = levels.document_id
            and shares.place = levels.place
            and shares.subject = levels.subject
            and levels.kind = 'level'
            and levels.basis_year = levels.fiscal_year
    where shares.kind = 'share' and shares.rate_percent > 0
    group by shares.claim_id
    having bool_and(levels.amount_yuan = 0)
),

counts_differ as (
    select
        min(count_id) as subject_id,
        document_id,
        'wording.counts_differ' as rule_id,
        null::varchar as form_key,
        list_sort(list_distinct(list(coalesce(page_no, line_no)))) as places,
        format(
            '{}：前后分别为 {}', min(subject), string_agg(distinct count_text, '、' order by count_text)
        ) as message_zh,
        format(
            '{}: stated as {}', min(subject), string_agg(distinct count_text, ' and as ' order by count_text)
        ) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from {{ ref('stg_counts') }}
    -- of other things several may be counted under one name
    where topic in ('staffing', 'assets') and form_id is null
    group by document_id, topic, count_key
    -- what is counted on two days may well differ
    having count(distinct quantity) > 1 and count(distinct as_of) < 2
),

-- what a count is said to be made of, where the parts leave nothing out: they name what there is none of, or all
-- others, or are the kinds of staff
count_parts as (
    select
        min(wholes.count_id) as subject_id,
        wholes.document_id,
        'wording.count_parts' as rule_id,
        null::varchar as form_key,
        [coalesce(wholes.page_no, wholes.line_no)] as places,
        format(
            '{}：共 {}{}，所列各项之和为 {}（{}）',
            wholes.subject, wholes.count_text, wholes.unit, sum(parts.quantity)::bigint,
            string_agg(parts.count_text, '＋' order by parts.count_id)
        ) as message_zh,
        format(
            '{}: {} in all, but the parts listed come to {} ({})',
            wholes.subject, wholes.count_text, sum(parts.quantity)::bigint,
            string_agg(parts.count_text, ' + ' order by parts.count_id)
        ) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from {{ ref('stg_counts') }} as wholes
    inner join {{ ref('stg_counts') }} as parts
        on wholes.document_id = parts.document_id and wholes.count_id = parts.part_of
    group by
        wholes.count_id, wholes.document_id, wholes.page_no, wholes.line_no, wholes.subject, wholes.count_text,
        wholes.unit, wholes.quantity
    having
        count(*) > 1
        and sum(parts.quantity) != wholes.quantity
        and count(distinct parts.subject) = count(*)
        and (
            bool_or(regexp_matches(parts.subject, '^(?:其他|其它|其余)'))
            or bool_or(parts.quantity = 0)
            or bool_and(parts.topic = 'staffing' and parts.count_key != 'retired')
            -- a vehicle has one use
            or sum(parts.quantity) > wholes.quantity and bool_and(parts.unit = '辆')
        )
),

-- 截至2021年底 in what is of 2024: a budget may count what there was a year before it was drawn up, what was spent in a
-- year is counted at its end
counted_on as (
    select
        min(counts.count_id) as subject_id,
        counts.document_id,
        'wording.count_date' as rule_id,
        null::varchar as form_key,
        list_sort(list_distinct(list(coalesce(counts.page_no, counts.line_no)))) as places,
        format('统计时点“{}”与本文件年度（{} 年）不符', counts.as_of, min(documents.fiscal_year)) as message_zh,
        format('Counted on {}, but the document is of {}', counts.as_of, min(documents.fiscal_year)) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from {{ ref('stg_counts') }} as counts
    inner join documents on counts.document_id = documents.document_id
    where
        counts.topic = 'assets'
        and counts.form_id is null
        and case
            when documents.stage = 'budget'
                then try_cast(regexp_extract(counts.as_of, '20\d\d') as integer) < documents.fiscal_year - 2
            when documents.stage = 'final_accounts'
                then try_cast(regexp_extract(counts.as_of, '20\d\d') as integer) < documents.fiscal_year
        end
    group by counts.document_id, counts.as_of
),

careless as (
    select
        min(remark_id) as remark_id,
        document_id,
        kind,
        form_key,
        place,
        string_agg(text, '、' order by remark_id) as text
    from remarks
    where
        kind in ('doubled_word', 'doubled_mark', 'open_bracket', 'open_choice')
        or kind in ('empty_reason', 'direction_alone', 'instruction')
    group by document_id, kind, form_id, form_key, place
),

careless_words as (
    select
        remark_id as subject_id,
        document_id,
        case kind when 'instruction' then 'wording.instruction_left' else 'wording.' || kind end as rule_id,
        form_key,
        [place] as places,
        case kind
            when 'doubled_word' then format('文字重复：{}', text)
            when 'doubled_mark' then format('标点重复：{}', text)
            when 'open_bracket' then format('括号或引号不成对：{}', text)
            when 'open_choice' then format('增减未作选择：{}', text)
            when 'empty_reason' then format('原因空缺：{}', text)
            when 'direction_alone' then format('只称增减而无数字：{}', text)
            else format('留有填写说明：{}', text)
        end as message_zh,
        case kind
            when 'doubled_word' then format('A word is printed twice: {}', text)
            when 'doubled_mark' then format('Punctuation is printed twice: {}', text)
            when 'open_bracket' then format('A bracket or quotation mark stands without the other one: {}', text)
            when 'open_choice' then format('More or less was not chosen: {}', text)
            when 'empty_reason' then format('A reason is announced, but none is given: {}', text)
            when 'direction_alone' then format('Said to go up or down without a figure: {}', text)
            else format('An instruction of the template was left in: {}', text)
        end as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from careless
),

-- 采购预算共 664.98: of what unit nobody can tell; 减少 100万元，减少 9.52: a percent sign was lost
without_unit as (
    select
        claim_id as subject_id,
        document_id,
        'wording.figure_without_unit' as rule_id,
        null::varchar as form_key,
        [place] as places,
        format('{}：数字 {} 没有单位', coalesce(subject, '金额'), amount_text) as message_zh,
        format('{}: no unit is printed with {}', coalesce(subject, 'an amount'), amount_text) as message_en,
        claim_id as suspected_amount_id,
        null::varchar as suggested_text
    from claims
    where amount_yuan is null and rate_percent is null
),

reason_words as (
    select
        string_agg(pattern, '|' order by pattern) filter (where kind = 'reason_up') as upward,
        string_agg(pattern, '|' order by pattern) filter (where kind = 'reason_down') as downward,
        string_agg(pattern, '|' order by pattern) filter (where kind = 'reason_open') as unclear
    from {{ ref('reason_words') }}
),

-- a reason whose words push one way alone, and not about the year before
against_reason as (
    select
        claims.claim_id as subject_id,
        claims.document_id,
        'wording.reason_against_direction' as rule_id,
        null::varchar as form_key,
        [claims.place] as places,
        format(
            '{}：称{} {}，所列原因却是“{}”',
            coalesce(claims.subject, '金额'),
            case claims.direction when 'up' then '增加' else '减少' end,
            claims.amount_text,
            claims.reason
        ) as message_zh,
        format(
            '{}: said to go {} by {}, but the reason given pushes the other way: {}',
            coalesce(claims.subject, 'an amount'), claims.direction, claims.amount_text, claims.reason
        ) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from claims
    cross join reason_words
    where
        claims.kind in ('change', 'rate')
        and coalesce(claims.amount_yuan, claims.rate_percent) > 0
        and not regexp_matches(claims.reason, reason_words.unclear)
        and case claims.direction
            when 'up'
                then
                    regexp_matches(claims.reason, reason_words.downward)
                    and not regexp_matches(claims.reason, reason_words.upward)
            when 'down'
                then
                    regexp_matches(claims.reason, reason_words.upward)
                    and not regexp_matches(claims.reason, reason_words.downward)
        end
    -- of a change and its rate the change is told
    qualify row_number() over (
        partition by claims.document_id, claims.place, claims.subject, claims.direction, claims.reason
        order by claims.kind, claims.claim_id
    ) = 1
)

select * from placeholders
union all by name
select * from share_of_nothing
union all by name
select * from counts_differ
union all by name
select * from count_parts
union all by name
select * from counted_on
union all by name
select * from careless_words
union all by name
select * from without_unit
union all by name
select * from against_reason
union all by name
select * from unit_differs
union all by name
select * from no_change
union all by name
select * from against_sign
union all by name
select * from wrong_year
union all by name
select * from form_years
