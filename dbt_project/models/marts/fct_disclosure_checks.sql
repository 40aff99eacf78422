-- Whether each document shows what it must: one row per document and rule of seeds.disclosure_rules. What a rule looks
-- for, and what leaves it open, are patterns over the document's testimony, in which # stands for the place.
with documents as (
    select
        documents.document_id,
        documents.file_name,
        documents.publisher_name,
        documents.fiscal_year,
        documents.stage,
        documents.government_tier,
        documents.region_code,
        compared.document_role,
        testimony.lines,
        documents.fiscal_year + case when documents.stage = 'final_accounts' then 1 else 0 end as published_in
    from {{ ref('int_identified_documents') }} as documents
    inner join {{ ref('int_documents') }} as compared on documents.document_id = compared.document_id
    inner join {{ ref('int_disclosure_testimony') }} as testimony on documents.document_id = testimony.document_id
),

patterns as (
    select
        *,
        '(?m)^' || replace(applies_if, '#', '\d*') as applies_pattern,
        '(?m)^' || replace(holds_if, '#', '\d*') as holds_pattern,
        '(?m)^' || replace(broken_by, '#', '\d*') || '[^\n]*' as broken_pattern,
        '(?m)^' || replace(unjudged_if, '#', '\d*') || '[^\n]*' as unjudged_pattern
    from {{ ref('disclosure_rules') }}
),

asked as (
    select
        documents.document_id,
        documents.file_name,
        documents.publisher_name,
        documents.fiscal_year,
        documents.stage,
        documents.lines,
        patterns.rule_id,
        patterns.name_zh,
        patterns.name_en,
        patterns.says_zh,
        patterns.says_en,
        patterns.is_verified,
        patterns.applies_pattern,
        patterns.holds_pattern,
        patterns.broken_pattern,
        patterns.unjudged_pattern,
        case
            when not list_contains(string_split(patterns.document_levels, '|'), documents.document_role) then 'level'
            when documents.stage != patterns.stage then 'stage'
            when documents.government_tier = patterns.tier_except then 'tier'
            when not starts_with(coalesce(documents.region_code, ''), patterns.region) then 'region'
            when regexp_matches(documents.publisher_name, patterns.publisher_except) then 'publisher'
            when documents.document_role = 'unit' and documents.published_in < patterns.units_from then 'year'
            when documents.published_in < patterns.in_force_from then 'year'
            when documents.published_in > patterns.in_force_to then 'year'
        end as not_bound_by,
        case
            when documents.stage is null and patterns.stage is not null then 'stage_unknown'
            when documents.published_in is null and patterns.in_force_from is not null then 'year_unknown'
        end as unknown
    from documents
    cross join patterns
),

matched as (
    select
        *,
        coalesce(regexp_matches(lines, applies_pattern), true) as applies,
        coalesce(regexp_matches(lines, holds_pattern), broken_pattern is not null) as holds,
        coalesce(regexp_matches(lines, broken_pattern), false) as is_broken,
        coalesce(regexp_matches(lines, unjudged_pattern), false) as is_open
    from asked
    where not_bound_by is null and unknown is null
),

judged as (
    select
        *,
        case
            when not applies then 'not_applicable'
            when not is_broken and holds and not (broken_pattern is not null and is_open) then 'met'
            when not is_broken and is_open then 'cannot_be_judged'
            when is_verified then 'not_met'
            else 'remark'
        end as outcome
    from matched
    union all by name
    select
        *,
        case when not_bound_by is null then 'cannot_be_judged' else 'not_applicable' end as outcome
    from asked
    where not_bound_by is not null or unknown is not null
),

cited as (
    select
        *,
        case
            when outcome = 'met' then [regexp_extract(lines, holds_pattern)]
            when outcome = 'cannot_be_judged' then regexp_extract_all(lines, unjudged_pattern)
            when outcome in ('not_met', 'remark') then regexp_extract_all(lines, broken_pattern)
        end as found
    from judged
),

worded as (
    select
        *,
        case outcome
            when 'not_applicable' then coalesce(not_bound_by, 'condition')
            when 'cannot_be_judged' then coalesce(unknown, regexp_extract(found[1], '^([a-z_]+):', 1))
        end as because,
        list_filter(
            list_transform(found, each -> try_cast(regexp_extract(each, '^[a-z_]+:(\d*):', 1) as bigint)),
            each -> each > 0
        ) as all_places,
        -- of a line what a person reads: neither its kind and place nor codes
        array_to_string(
            list_slice(
                list_sort(
                    list_distinct(
                        list_filter(
                            list_transform(
                                found,
                                each -> regexp_replace(each, '^[a-z_]+:\d*:([a-z_]+;)*|(;[a-z_]*)+$', '', 'g')
                            ),
                            each -> not regexp_full_match(each, '[a-z_]*')
                        )
                    )
                ),
                1,
                8
            ),
            '、'
        ) as details
    from cited
)

select
    'K-' || left(md5(document_id || rule_id), 12) as check_id,
    document_id,
    file_name,
    publisher_name,
    fiscal_year,
    stage,
    rule_id,
    name_zh as rule_name,
    outcome,
    because,
    coalesce(list_sort(list_distinct(all_places)), [])::bigint[] as places,
    name_zh || case
        when outcome = 'met' then '：符合'
        when outcome = 'not_applicable' then '：不适用'
        when outcome in ('not_met', 'remark')
            then '：' || says_zh || coalesce('（' || nullif(details, '') || '）', '')
        when because = 'stage_unknown' then '：无法判断，未能识别是预算还是决算'
        when because = 'year_unknown' then '：无法判断，未能识别年度'
        when because = 'prose' then '：无法判断，本文件没有文字说明，可能另行公开'
        when because = 'forms' then '：无法判断，本文件没有报表，可能另行公开'
        when because = 'contents_entry' then '：无法判断，目录列有相应内容，正文标题未能识读'
        when because in ('open', 'opaque', 'unread')
            then '：无法判断，有本系统未能识读的内容' || coalesce('（' || nullif(details, '') || '）', '')
        else '：无法判断，有相近内容，须人工核对'
    end as message_zh,
    name_en || case outcome
        when 'met' then ': met'
        when 'not_applicable' then ': not applicable'
        when 'cannot_be_judged' then ': cannot be judged'
        else ': ' || says_en || coalesce(' (' || nullif(details, '') || ')', '')
    end as message_en
from worded
