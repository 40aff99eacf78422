-- Classes, groups and items of the prose that stand at the wrong level, under another group, or that no code bears.
with paths as (
    select
        paths.*,
        documents.fiscal_year,
        claims.kind,
        coalesce(claims.page_no, claims.line_no) as place
    from {{ ref('int_claim_paths') }} as paths
    inner join {{ ref('stg_claims') }} as claims on paths.claim_id = claims.claim_id
    inner join {{ ref('int_identified_documents') }} as documents on paths.document_id = documents.document_id
    -- one slip of a paragraph is said once: at its level
    where claims.kind = 'level'
),

named as (
    select
        claim_id,
        document_id,
        place,
        3 as digits,
        '类' as level_name,
        class_name as name
    from paths
    union all
    select
        claim_id,
        document_id,
        place,
        5 as digits,
        '款' as level_name,
        group_name as name
    from paths
    union all
    select
        claim_id,
        document_id,
        place,
        7 as digits,
        '项' as level_name,
        item_name as name
    from paths
),

official as (
    select
        code,
        length(code) as digits,
        listed_from,
        {{ folded_code_name('name') }} as folded
    from {{ ref('function_codes') }}
),

levels as (
    select
        folded,
        list_distinct(list(digits)) as digits
    from official
    group by folded
),

misplaced as (
    select
        named.*,
        levels.digits as true_digits
    from named
    inner join levels on {{ folded_code_name('named.name') }} = levels.folded
    where not list_contains(levels.digits, named.digits)
),

-- what is below these groups is listed, each and every item: one that is not there belongs elsewhere, or nowhere
listed_below as (
    select
        paths.claim_id,
        paths.document_id,
        paths.place,
        paths.group_name,
        paths.item_name,
        levels.folded is not null as is_known
    from paths
    inner join official as groups on groups.digits = 5 and groups.folded = {{ folded_code_name('paths.group_name') }}
    left join levels
        on
            levels.folded = {{ folded_code_name('paths.item_name') }}
            and list_contains(levels.digits, 7)
    where
        paths.item_name is not null
        and paths.function_code is null
        and groups.listed_from <= paths.fiscal_year
        and not exists (
            select 1
            from official as below
            where
                below.digits = 7
                and left(below.code, 5) = groups.code
                and below.folded = {{ folded_code_name('paths.item_name') }}
        )
),

-- items below their groups, by name
items_of_groups as (
    select distinct
        groups.folded as group_folded,
        items.folded as item_folded
    from official as groups
    inner join official as items on groups.digits = 5 and items.digits = 7 and left(items.code, 5) = groups.code
),

-- the groups of a class are listed, each and every one, or group and item are known together: the class is another
groups_elsewhere as (
    select paths.*
    from paths
    inner join official as classes on classes.digits = 3 and classes.folded = {{ folded_code_name('paths.class_name') }}
    inner join levels
        on levels.folded = {{ folded_code_name('paths.group_name') }} and list_contains(levels.digits, 5)
    left join items_of_groups
        on
            items_of_groups.group_folded = {{ folded_code_name('paths.group_name') }}
            and items_of_groups.item_folded = {{ folded_code_name('paths.item_name') }}
    where
        (classes.listed_from <= paths.fiscal_year or items_of_groups.item_folded is not null)
        and not exists (
            select 1
            from official as below
            inner join official as above
                on above.digits = 3 and above.folded = {{ folded_code_name('paths.class_name') }}
            where
                below.digits = 5
                and left(below.code, 3) = above.code
                and below.folded = {{ folded_code_name('paths.group_name') }}
        )
),

-- items that the forms of the document print under one group alone, which is another than the prose names
items_of_forms as (
    select
        documents.reconciled_as,
        {{ folded_code_name('lines.label_plain') }} as item_folded,
        min({{ folded_code_name('lines.parent_label') }}) as group_folded,
        min(lines.parent_label) as group_name
    from {{ ref('int_lines') }} as lines
    inner join {{ ref('int_documents') }} as documents on lines.document_id = documents.document_id
    where length(lines.code) = 7 and lines.parent_label is not null
    group by all
),

-- 老旧设备更新（2080501）: a code beside a name that neither the lists nor the forms of the document give it. Classes
-- are named freely; one that bears the name of another is not.
names_of_codes as (
    select
        code,
        {{ folded_code_name('name') }} as folded,
        name,
        null as reconciled_as
    from (
        select
            code,
            name
        from {{ ref('function_codes') }}
        union all
        select
            code,
            name
        from {{ ref('economic_codes') }}
    )
    union all
    select
        lines.code,
        {{ folded_code_name('lines.label_plain') }} as folded,
        lines.label_plain as name,
        documents.reconciled_as
    from {{ ref('int_lines') }} as lines
    inner join {{ ref('int_documents') }} as documents on lines.document_id = documents.document_id
    where lines.code is not null
),

coded as (
    select
        claims.claim_id,
        claims.document_id,
        claims.code,
        claims.subject,
        coalesce(claims.page_no, claims.line_no) as place,
        {{ folded_code_name('claims.subject') }} as folded,
        documents.reconciled_as
    from {{ ref('stg_claims') }} as claims
    inner join {{ ref('int_documents') }} as documents on claims.document_id = documents.document_id
    where
        claims.kind = 'level'
        and claims.form_id is null
        and regexp_full_match(claims.code, '[235]\d\d|[23]\d{4}(?:\d\d)?')
),

named_otherwise as (
    select
        coded.claim_id,
        coded.document_id,
        coded.code,
        coded.subject,
        coded.place,
        arg_min(names.name, names.reconciled_as is not null) as code_name
    from coded
    inner join names_of_codes as names
        on coded.code = names.code and coalesce(coded.reconciled_as = names.reconciled_as, true)
    where
        length(coded.code) > 3
        or exists (
            select 1
            from names_of_codes as others
            where
                others.folded = coded.folded
                and length(others.code) = 3
                and left(others.code, 1) = left(coded.code, 1)
                and others.reconciled_as is null
        )
    group by all
    having not bool_or(contains(coded.folded, names.folded) or contains(names.folded, coded.folded))
),

groups_not_in_form as (
    select
        paths.*,
        items_of_forms.group_name as printed_group
    from paths
    inner join {{ ref('int_documents') }} as documents on paths.document_id = documents.document_id
    inner join items_of_forms
        on
            documents.reconciled_as = items_of_forms.reconciled_as
            and {{ folded_code_name('paths.item_name') }} = items_of_forms.item_folded
            and {{ folded_code_name('paths.group_name') }} != items_of_forms.group_folded
    anti join items_of_groups
        on
            items_of_groups.group_folded = {{ folded_code_name('paths.group_name') }}
            and items_of_groups.item_folded = {{ folded_code_name('paths.item_name') }}
    where paths.group_name is not null
    qualify count(distinct items_of_forms.group_folded) over (partition by paths.claim_id) = 1
)

select
    min(claim_id) as subject_id,
    document_id,
    'code.claim_level' as rule_id,
    null::varchar as form_key,
    list_sort(list_distinct(list(place))) as places,
    format('“{}”不是{}级科目', name, level_name) as message_zh,
    format('{} is not the name of a code of {} digits', name, digits) as message_en,
    null::varchar as suspected_amount_id,
    null::varchar as suggested_text
from misplaced
group by document_id, name, level_name, digits

union all

select
    min(claim_id) as subject_id,
    document_id,
    case when is_known then 'code.claim_item_elsewhere' else 'code.claim_name_unknown' end as rule_id,
    null::varchar as form_key,
    list_sort(list_distinct(list(place))) as places,
    case
        when is_known then format('“{}（款）”之下没有“{}（项）”', group_name, item_name)
        else format('没有名为“{}”的项级科目', item_name)
    end as message_zh,
    case
        when is_known then format('There is no item {} below {}', item_name, group_name)
        else format('No item below {}, nor any other, is named {}', group_name, item_name)
    end as message_en,
    null::varchar as suspected_amount_id,
    null::varchar as suggested_text
from listed_below
group by document_id, group_name, item_name, is_known

union all

select
    min(claim_id) as subject_id,
    document_id,
    'code.claim_group_elsewhere' as rule_id,
    null::varchar as form_key,
    list_sort(list_distinct(list(place))) as places,
    format('“{}（类）”之下没有“{}（款）”', class_name, group_name) as message_zh,
    format('There is no group {} below {}', group_name, class_name) as message_en,
    null::varchar as suspected_amount_id,
    null::varchar as suggested_text
from groups_elsewhere
group by document_id, class_name, group_name

union all

select
    min(claim_id) as subject_id,
    document_id,
    'code.claim_group_elsewhere' as rule_id,
    null::varchar as form_key,
    list_sort(list_distinct(list(place))) as places,
    format('“{}（项）”在表中列于“{}”之下，而文字称“{}（款）”', item_name, printed_group, group_name) as message_zh,
    format('The forms print {} below {}, the text below {}', item_name, printed_group, group_name) as message_en,
    null::varchar as suspected_amount_id,
    printed_group as suggested_text
from groups_not_in_form
where claim_id not in (select groups_elsewhere.claim_id from groups_elsewhere)
group by document_id, group_name, item_name, printed_group

union all

select
    min(claim_id) as subject_id,
    document_id,
    'code.name_differs' as rule_id,
    null::varchar as form_key,
    list_sort(list_distinct(list(place))) as places,
    format('文字所称“{}”（{}）与该科目名称“{}”不同', subject, code, min(code_name)) as message_zh,
    format('The text says {} ({}), but the code is of {}', subject, code, min(code_name)) as message_en,
    null::varchar as suspected_amount_id,
    min(code_name) as suggested_text
from named_otherwise
group by document_id, subject, code
