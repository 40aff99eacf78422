-- The functional class, group and item that the words of a claim name (…（类）…（款）…（项）), and the code they bear.
with claims as (
    select
        claim_id,
        document_id,
        code as printed_code,
        -- 农林水（类）支出 is 农林水支出（类）
        regexp_replace(
            regexp_replace(translate(coalesce(subject, ''), '()', '（）'), '\s', '', 'g'),
            '(?:支出)?（类）支出', '支出（类）'
        ) as subject
    from {{ ref('stg_claims') }}
),

named as (
    select
        claim_id,
        document_id,
        printed_code,
        subject,
        nullif(regexp_extract(subject, '([^（）]+)（类）', 1), '') as class_name,
        nullif(regexp_extract(subject, '(?:^|（类）)([^（）]*(?:（[^（）类款项]+）[^（）]*)*)（款）', 1), '') as group_name,
        nullif(regexp_extract(subject, '(?:^|（[类款]）)([^（）]*(?:（[^（）类款项]+）[^（）]*)*)（项）', 1), '') as item_name
    from claims
),

official as (
    select
        'function' as classification,
        code,
        {{ folded_code_name('name') }} as folded
    from {{ ref('function_codes') }}
    union all by name
    select
        'economic' as classification,
        code,
        {{ folded_code_name('name') }} as folded
    from {{ ref('economic_codes') }}
    where classification = 'economic'
),

ways as (
    select distinct
        class_name,
        group_name,
        item_name
    from named
    where coalesce(class_name, group_name, item_name) is not null
),

-- every part that is named must be the name of the code, or of one above it
fitting as (
    select
        ways.*,
        official.code
    from ways
    inner join official
        on
            official.classification = 'function'
            and official.folded
            = {{ folded_code_name('coalesce(ways.item_name, ways.group_name, ways.class_name)') }}
            and length(official.code)
            = case when ways.item_name is not null then 7 when ways.group_name is not null then 5 else 3 end
    left join official as groups
        on
            groups.classification = 'function'
            and groups.code = left(official.code, 5)
            and groups.folded = {{ folded_code_name('ways.group_name') }}
    left join official as classes
        on
            classes.classification = 'function'
            and classes.code = left(official.code, 3)
            and classes.folded = {{ folded_code_name('ways.class_name') }}
    where
        (ways.item_name is null or ways.group_name is null or groups.code is not null)
        and (coalesce(ways.item_name, ways.group_name) is null or ways.class_name is null or classes.code is not null)
),

by_path as (
    select
        class_name,
        group_name,
        item_name,
        min(code) as code
    from fitting
    group by class_name, group_name, item_name
    having count(distinct code) = 1
),

-- a name without its place is told where one code alone bears it, in all classifications
by_name as (
    select
        folded,
        min(classification) as classification,
        min(code) as code
    from official
    group by folded
    having count(distinct classification || code) = 1
)

select
    named.claim_id,
    named.document_id,
    named.class_name,
    named.group_name,
    named.item_name,
    case
        when left(named.printed_code, 1) = '2' then named.printed_code
        when coalesce(named.class_name, named.group_name, named.item_name) is not null then by_path.code
        when by_name.classification = 'function' then by_name.code
    end as function_code,
    case
        when left(named.printed_code, 1) = '3' then named.printed_code
        when
            named.printed_code is null
            and coalesce(named.class_name, named.group_name, named.item_name) is null
            and by_name.classification = 'economic'
            then by_name.code
    end as economic_code
from named
left join by_path
    on
        named.class_name is not distinct from by_path.class_name
        and named.group_name is not distinct from by_path.group_name
        and named.item_name is not distinct from by_path.item_name
-- one expression: a condition on the claims alone would compare every claim with every name
left join by_name
    on case when named.printed_code is null then {{ folded_code_name('named.subject') }} end = by_name.folded
