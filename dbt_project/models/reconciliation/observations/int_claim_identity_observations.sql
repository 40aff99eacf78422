-- Totals that the prose states of another publisher, or of another year, than the document is of: sentences that were
-- copied. What is compared with another year, or stands beside a figure of this one, says so on purpose. And what is
-- compared with the outcome of the year that the document is of: of final accounts that is itself, and of a budget
-- there is none yet.
with claims as (
    select
        claims.*,
        regexp_replace(coalesce(claims.subject, ''), '\s', '', 'g') as said,
        coalesce(claims.page_no, claims.line_no) as place,
        documents.publisher_name,
        documents.fiscal_year
    from {{ ref('stg_claims') }} as claims
    inner join {{ ref('int_identified_documents') }} as documents on claims.document_id = documents.document_id
    where claims.kind = 'level' and claims.form_id is null and claims.compared_with is null
),

-- 某局2023年度收入总计: whose total of which year
named as (
    select
        *,
        regexp_extract(
            said,
            '^(.{2,24}?(?:局|厅|委|委员会|办公室|办公厅|中心|法院|检察院|总队|支队|街道办事处|人民政府|学校|医院))'
            || '(?:部门|单位|本级|机关)?(?:20\d\d年(?:度)?|安排)'
            || '(?:收入|支出|收支|收、支|财政拨款|一般公共预算|政府性基金|“三公”|机关运行经费|政府采购)',
            1
        ) as named_publisher
    from claims
),

of_another as (
    select *
    from named
    where
        named_publisher != ''
        and publisher_name is not null
        -- the same name, longer or shorter: with its region, 本级, or the department it belongs to
        and not contains(publisher_name, named_publisher)
        and not contains(named_publisher, publisher_name)
        -- a unit that the document itself speaks of
        and not exists (
            select 1
            from {{ ref('int_lines') }} as lines
            where lines.document_id = named.document_id and contains(lines.label_plain, named.named_publisher)
        )
),

of_this_year as (
    select distinct
        document_id,
        paragraph_no
    from claims
    where basis_year = fiscal_year
),

-- totals and what every disclosure states, by the name before which year and publisher may stand
of_totals as (
    select
        *,
        regexp_replace(said, '^.*20\d\d年度?', '') as bare
    from claims
    where
        regexp_matches(
            said,
            '(?:收入|支出|收、支|收支)(?:总计|合计|总额)?$|财政拨款|三公|机关运行经费(?:支出)?$|政府采购(?:支出)?$'
        )
),

-- the same figure is stated for this year elsewhere, or what it is of rose or fell from the year it is stated for
said_for_this_year as (
    select distinct others.claim_id
    from of_totals as others
    inner join of_totals as stated
        on
            others.document_id = stated.document_id
            and others.amount_yuan = stated.amount_yuan
            and stated.basis_year = stated.fiscal_year
            and stated.amount_text like '%.%'
    where others.amount_yuan > 0 and others.amount_text like '%.%'
    union
    select distinct others.claim_id
    from of_totals as others
    inner join {{ ref('stg_claims') }} as changes
        on
            others.document_id = changes.document_id
            and others.paragraph_no = changes.paragraph_no
            and changes.kind = 'change'
            and starts_with(changes.compared_with, others.year_text)
),

of_another_year as (
    select claims.*
    from of_totals as claims
    inner join {{ ref('int_documents') }} as documents
        on claims.document_id = documents.document_id and documents.document_role != 'government'
    anti join of_this_year
        on claims.document_id = of_this_year.document_id and claims.paragraph_no = of_this_year.paragraph_no
    where
        regexp_full_match(claims.year_text, '20\d\d')
        and claims.year_text::integer != claims.fiscal_year
        -- a chapter of that year
        and not contains(coalesce(claims.section, ''), claims.year_text)
        and (
            regexp_full_match(
                claims.said,
                '(?:本部门|本单位|我单位)?(?:总收入|总支出|(?:本年)?(?:收入|支出|收、支|收入、支出)(?:总计|合计|总额))'
            )
            or regexp_full_match(claims.bare, '机关运行经费(?:支出)?')
            or claims.claim_id in (select said_for_this_year.claim_id from said_for_this_year)
        )
)

select
    min(claim_id) as subject_id,
    document_id,
    'wording.other_publisher' as rule_id,
    null::varchar as form_key,
    list_sort(list_distinct(list(place))) as places,
    format('文字所称主体“{}”不是本文件的公开主体（{}）', named_publisher, min(publisher_name)) as message_zh,
    format('Said of {}, but the document is of {}', named_publisher, min(publisher_name)) as message_en,
    null::varchar as suspected_amount_id,
    null::varchar as suggested_text
from of_another
group by document_id, named_publisher

union all

select
    min(claim_id) as subject_id,
    document_id,
    'wording.other_year' as rule_id,
    null::varchar as form_key,
    list_sort(list_distinct(list(place))) as places,
    format(
        '“{}”{} 所称年份为 {} 年，而本文件为 {} 年',
        arg_min(bare, claim_id), arg_min(amount_text, claim_id), year_text, min(fiscal_year)
    ) as message_zh,
    format('A total is stated for {}, but the document is of {}', year_text, min(fiscal_year)) as message_en,
    null::varchar as suspected_amount_id,
    format('{}年', min(fiscal_year)) as suggested_text
from of_another_year
group by document_id, year_text

union all

select
    remarks.remark_id as subject_id,
    remarks.document_id,
    'wording.compared_with_own_year' as rule_id,
    null::varchar as form_key,
    [coalesce(remarks.page_no, remarks.line_no)] as places,
    format('文字“{}”中的对比年份就是本文件的年份，应为上年', remarks.text) as message_zh,
    format('Compared with the year that the document itself is of: {}', remarks.text) as message_en,
    null::varchar as suspected_amount_id,
    format('{}年', documents.fiscal_year - 1) as suggested_text
from {{ ref('stg_remarks') }} as remarks
inner join {{ ref('int_identified_documents') }} as documents on remarks.document_id = documents.document_id
where
    remarks.kind = 'compared_year'
    and try_cast(regexp_extract(remarks.text, '20\d\d') as integer) = documents.fiscal_year
    -- final accounts may well be compared with what had been executed before they were drawn up
    and case
        when documents.stage = 'final_accounts' then not contains(remarks.text, '执行')
        else regexp_matches(remarks.text, '决算|执行|实际')
    end
