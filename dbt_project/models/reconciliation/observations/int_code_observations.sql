-- Codes that do not go with their names: compared with the official list, and with the other forms of the document.
with official as (
    select
        'function' as classification,
        code,
        name,
        valid_from,
        valid_to,
        is_official,
        listed_from,
        {{ folded_code_name('name') }} as folded
    from {{ ref('function_codes') }}
    union all by name
    select
        classification,
        code,
        name,
        valid_from,
        valid_to,
        is_official,
        listed_from,
        {{ folded_code_name('name') }} as folded
    from {{ ref('economic_codes') }}
),

official_names as (
    select
        classification,
        code,
        max_by(name, coalesce(valid_to, 9999)) as name,
        min(coalesce(valid_from, 0)) as valid_from
    from official
    where is_official
    group by classification, code
),

-- A project under the item whose code it repeats has a name of its own, and a unit whose row stands above its items a
-- code of its own.
named_otherwise as (
    select details.line_id
    from {{ ref('int_lines') }} as details
    inner join {{ ref('int_lines') }} as items
        on details.parent_line_id = items.line_id and details.code = items.code
    union
    select line_id
    from {{ ref('int_lines') }}
    where child_kind = 'unit'
),

printed as (
    select
        lines.line_id,
        lines.document_id,
        documents.fiscal_year,
        lines.form_id,
        lines.form_key,
        lines.side_no,
        lines.side_key as classification,
        lines.row_no,
        lines.code,
        length(lines.code) as digits,
        coalesce(lines.code_name, lines.label_plain) as name,
        {{ folded_code_name('coalesce(lines.code_name, lines.label_plain)') }} as folded,
        coalesce(lines.page_no, lines.line_no) as place
    from {{ ref('stg_lines') }} as lines
    inner join {{ ref('int_identified_documents') }} as documents on lines.document_id = documents.document_id
    anti join named_otherwise on lines.line_id = named_otherwise.line_id
    where
        lines.side_key in ('function', 'economic')
        and lines.code is not null
        and coalesce(lines.code_name, lines.label_plain) is not null
),

amiss as (
    select printed.*
    from printed
    anti join official
        on
            printed.classification = official.classification
            and printed.code = official.code
            and printed.folded = official.folded
),

-- The nearest code above that is one level up: what the row stands under.
above as (
    select
        amiss.line_id,
        max_by(upper_rows.code, upper_rows.row_no) as code
    from amiss
    inner join printed as upper_rows
        on
            amiss.form_id = upper_rows.form_id
            and amiss.side_no = upper_rows.side_no
            and amiss.digits - 2 = upper_rows.digits
            and amiss.row_no > upper_rows.row_no
    group by amiss.line_id
),

candidates as (
    select distinct
        amiss.*,
        official.code as official_code,
        coalesce(above.code, left(amiss.code, (amiss.digits - 2)::integer)) as code_above
    from amiss
    inner join official
        on
            amiss.classification = official.classification
            and amiss.folded = official.folded
            and amiss.digits = length(official.code)
            -- the list of another time may give the same name another code
            and amiss.fiscal_year between coalesce(official.valid_from, 0) and coalesce(official.valid_to, 9999)
    left join above on amiss.line_id = above.line_id
    -- when the form has the official code as well, it may be the name that is wrong
    anti join printed as elsewhere
        on
            amiss.form_id = elsewhere.form_id
            and amiss.side_no = elsewhere.side_no
            and official.code = elsewhere.code
),

-- A class has its children below it, everything else its parent above it.
with_children as (
    select
        candidates.line_id,
        candidates.official_code
    from candidates
    inner join printed as children
        on
            candidates.form_id = children.form_id
            and candidates.side_no = children.side_no
            and candidates.digits < children.digits
    where candidates.digits = 3
    group by candidates.line_id, candidates.official_code
    having
        bool_or(starts_with(children.code, candidates.official_code))
        and not bool_or(starts_with(children.code, candidates.code))
),

fitting as (
    select
        candidates.line_id,
        min(candidates.official_code) as official_code
    from candidates
    left join with_children
        on candidates.line_id = with_children.line_id and candidates.official_code = with_children.official_code
    where
        with_children.line_id is not null
        or candidates.digits > 3
        and left(candidates.official_code, (candidates.digits - 2)::integer) = candidates.code_above
    group by candidates.line_id
    having count(distinct candidates.official_code) = 1
),

misprinted as (
    select
        amiss.*,
        fitting.official_code
    from amiss
    inner join fitting on amiss.line_id = fitting.line_id
),

unknown_for_name as (
    select
        document_id,
        classification,
        code,
        'code.unknown_for_name' as rule_id,
        folded as told_apart_by,
        case when count(distinct form_id) = 1 then min(form_key) end as form_key,
        list_sort(list_distinct(list(place))) as places,
        format('{} 列示为 {}，其编码应为 {}', min(name), code, min(official_code)) as message_zh,
        format('{} is printed as {}; its code is {}', min(name), code, min(official_code)) as message_en,
        min(official_code) as suggested_text
    from misprinted
    group by document_id, classification, code, folded
),

name_differs as (
    select
        amiss.document_id,
        amiss.classification,
        amiss.code,
        'code.name_differs' as rule_id,
        amiss.folded as told_apart_by,
        case when count(distinct amiss.form_id) = 1 then min(amiss.form_key) end as form_key,
        list_sort(list_distinct(list(amiss.place))) as places,
        format(
            '{} 列示为“{}”，规定名称为“{}”', amiss.code, min(amiss.name), min(official_names.name)
        ) as message_zh,
        format(
            '{} is printed as {}; its official name is {}',
            amiss.code, min(amiss.name), min(official_names.name)
        ) as message_en,
        min(official_names.name) as suggested_text
    from amiss
    inner join official_names
        on
            amiss.classification = official_names.classification
            and amiss.code = official_names.code
            and amiss.fiscal_year >= official_names.valid_from
    anti join misprinted on amiss.line_id = misprinted.line_id
    group by amiss.document_id, amiss.classification, amiss.code, amiss.folded
),

two_names as (
    select
        amiss.document_id,
        amiss.classification,
        amiss.code,
        'code.two_names_in_one_document' as rule_id,
        '' as told_apart_by,
        case when count(distinct amiss.form_id) = 1 then min(amiss.form_key) end as form_key,
        list_sort(list_distinct(list(amiss.place))) as places,
        format(
            '{} 在文件内有不同名称：{}', amiss.code, array_to_string(list_sort(list_distinct(list(amiss.name))), '、')
        ) as message_zh,
        format(
            '{} has several names in the document: {}',
            amiss.code, array_to_string(list_sort(list_distinct(list(amiss.name))), ', ')
        ) as message_en,
        null::varchar as suggested_text
    from amiss
    -- of an official code the name that is not its own is told above
    anti join official_names
        on amiss.classification = official_names.classification and amiss.code = official_names.code
    anti join misprinted on amiss.line_id = misprinted.line_id
    group by amiss.document_id, amiss.classification, amiss.code
    having count(distinct amiss.folded) > 1
),

-- Every printed code, with or without a name, those of the government classification beside the departmental ones.
printed_codes as (
    select
        lines.document_id,
        documents.fiscal_year,
        lines.form_id,
        lines.form_key,
        lines.side_key as classification,
        lines.code,
        coalesce(lines.code_name, lines.label_plain) as name,
        coalesce(lines.page_no, lines.line_no) as place
    from {{ ref('stg_lines') }} as lines
    inner join {{ ref('int_identified_documents') }} as documents on lines.document_id = documents.document_id
    anti join named_otherwise on lines.line_id = named_otherwise.line_id
    where lines.side_key in ('function', 'economic') and lines.code is not null
    union all
    select
        lines.document_id,
        documents.fiscal_year,
        lines.form_id,
        lines.form_key,
        'economic_government' as classification,
        lines.economic_code_government as code,
        -- the name of the row is that of the departmental item
        null as name,
        coalesce(lines.page_no, lines.line_no) as place
    from {{ ref('stg_lines') }} as lines
    inner join {{ ref('int_identified_documents') }} as documents on lines.document_id = documents.document_id
    where lines.side_key = 'economic' and lines.economic_code_government is not null
),

listed as (
    select
        classification,
        code,
        max(listed_from) as listed_from
    from official
    group by classification, code
),

-- Every class is listed, from the year on from which the first of them is listed whole.
classes_listed as (
    select
        classification,
        min(listed_from) as listed_from
    from listed
    group by classification
),

not_listed as (
    select distinct
        printed_codes.classification,
        printed_codes.code
    from printed_codes
    anti join listed on printed_codes.classification = listed.classification and printed_codes.code = listed.code
),

-- The list says whether a code exists only where it has all the codes below the nearest one that it knows.
unknown_codes as (
    select
        not_listed.classification,
        not_listed.code,
        case
            when count(listed.code) = 0 then min(classes_listed.listed_from)
            else max_by(
                struct_pack(listed_from := listed.listed_from), struct_pack(digits := length(listed.code), listed.code)
            ).listed_from
        end as listed_from
    from not_listed
    inner join classes_listed on not_listed.classification = classes_listed.classification
    left join listed
        on not_listed.classification = listed.classification and starts_with(not_listed.code, listed.code)
    group by not_listed.classification, not_listed.code
),

-- The code that alone has the name is the one that was meant.
codes_by_name as (
    select
        classification,
        folded,
        min(code) as code
    from official
    group by classification, folded
    having count(distinct code) = 1
),

not_in_list as (
    select
        printed_codes.document_id,
        printed_codes.classification,
        printed_codes.code,
        'code.not_in_list' as rule_id,
        '' as told_apart_by,
        case when count(distinct printed_codes.form_id) = 1 then min(printed_codes.form_key) end as form_key,
        list_sort(list_distinct(list(printed_codes.place))) as places,
        format(
            '{}不在已知的{}科目之列',
            concat(printed_codes.code, coalesce('（' || min(printed_codes.name) || '）', ' ')),
            case printed_codes.classification
                when 'function' then '支出功能分类'
                when 'economic' then '部门预算支出经济分类'
                else '政府预算支出经济分类'
            end
        ) as message_zh,
        format(
            '{} is not among the known codes of the {} classification',
            concat(printed_codes.code, ' (' || min(printed_codes.name) || ')'),
            case printed_codes.classification
                when 'function' then 'functional'
                when 'economic' then 'departmental economic'
                else 'government economic'
            end
        ) as message_en,
        min(codes_by_name.code) as suggested_text
    from printed_codes
    inner join unknown_codes
        on
            printed_codes.classification = unknown_codes.classification
            and printed_codes.code = unknown_codes.code
            -- an older list may have had it
            and printed_codes.fiscal_year >= unknown_codes.listed_from
    -- what the code should be is told above
    anti join misprinted
        on
            printed_codes.document_id = misprinted.document_id
            and printed_codes.classification = misprinted.classification
            and printed_codes.code = misprinted.code
    left join codes_by_name
        on
            printed_codes.classification = codes_by_name.classification
            and {{ folded_code_name('printed_codes.name') }} = codes_by_name.folded
    group by printed_codes.document_id, printed_codes.classification, printed_codes.code
),

items_with_money as (
    select
        printed.*,
        amounts.amount_yuan
    from printed
    inner join {{ ref('stg_amounts') }} as amounts on printed.line_id = amounts.line_id
    anti join misprinted on printed.line_id = misprinted.line_id
    where
        printed.classification = 'function'
        and printed.digits = 7
        and amounts.measure = 'total'
        and amounts.amount_yuan != 0
),

-- Each of two forms prints a code that the other does not have, under the same parent and for the same money.
crossed as (
    select
        one.document_id,
        one.code as one_code,
        other.code as other_code,
        one.place as one_place,
        other.place as other_place,
        one.amount_yuan,
        count(*) over (partition by one.line_id, other.form_id) as partners_of_one,
        count(*) over (partition by other.line_id, one.form_id) as partners_of_other
    from items_with_money as one
    inner join items_with_money as other
        on
            one.document_id = other.document_id
            and one.form_id != other.form_id
            and one.code < other.code
            and left(one.code, 5) = left(other.code, 5)
            and one.amount_yuan = other.amount_yuan
    anti join printed as one_there on other.form_id = one_there.form_id and one.code = one_there.code
    anti join printed as other_here on one.form_id = other_here.form_id and other.code = other_here.code
),

-- How often a document prints a code, in forms and in prose: the more frequent of two is likely meant.
mentions as (
    select
        document_id,
        code,
        count(*) as times
    from (
        select
            document_id,
            code
        from printed
        union all
        select
            document_id,
            code
        from {{ ref('stg_claims') }}
        where code is not null and kind = 'level'
    )
    group by document_id, code
),

another_in_other_form as (
    select
        crossed.document_id,
        'function' as classification,
        crossed.one_code as code,
        'code.another_in_other_form' as rule_id,
        crossed.other_code as told_apart_by,
        null::varchar as form_key,
        list_sort(list_distinct(list(crossed.one_place) || list(crossed.other_place))) as places,
        format(
            '同一笔 {} 元，一表编码为 {}，另一表为 {}',
            min(crossed.amount_yuan)::varchar, crossed.one_code, crossed.other_code
        ) as message_zh,
        format(
            'The same {} yuan stand under {} in one form and under {} in another',
            min(crossed.amount_yuan)::varchar, crossed.one_code, crossed.other_code
        ) as message_en,
        case
            when min(one_mentions.times) > min(other_mentions.times) then crossed.one_code
            when min(one_mentions.times) < min(other_mentions.times) then crossed.other_code
        end as suggested_text
    from crossed
    inner join mentions as one_mentions
        on crossed.document_id = one_mentions.document_id and crossed.one_code = one_mentions.code
    inner join mentions as other_mentions
        on crossed.document_id = other_mentions.document_id and crossed.other_code = other_mentions.code
    where crossed.partners_of_one = 1 and crossed.partners_of_other = 1
    group by crossed.document_id, crossed.one_code, crossed.other_code
),

observed as (
    select * from unknown_for_name
    union all by name
    select * from name_differs
    union all by name
    select * from two_names
    union all by name
    select * from not_in_list
    union all by name
    select * from another_in_other_form
)

select
    concat_ws('|', document_id, classification, code, told_apart_by) as subject_id,
    document_id,
    rule_id,
    form_key,
    places,
    message_zh,
    message_en,
    null::varchar as suspected_amount_id,
    suggested_text
from observed
