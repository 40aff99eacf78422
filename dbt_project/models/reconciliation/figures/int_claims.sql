-- The figures of the prose with what they are about. The vocabulary is matched once for each way of putting it.
with claims as (
    select
        claims.*,
        -- numbering, years, the publisher's name and "本部门" in front say nothing of what the figure is
        -- 农林水（类）支出 is 农林水支出（类）
        regexp_replace(
            regexp_replace(
                regexp_replace(
                    translate(
                        case
                            when starts_with(claims.subject, documents.publisher_name)
                                then substr(claims.subject, length(documents.publisher_name) + 1)
                            else coalesce(claims.subject, '')
                        end,
                        '()"" 　',
                        '（）“”'
                    ),
                    '^(?:(?:19|20)\d\d年?度?)?(?:年度)?(?:本部门|本单位)?(?:区本级|县本级|市本级)?',
                    ''
                ),
                '(?:支出)?（类）支出$', '支出（类）'
            ),
            '（([款项])）支出$', '（\1）'
        ) as subject_plain,
        regexp_replace(translate(coalesce(claims.section, ''), '()""', '（）“”'), '\s', '', 'g') as section_plain
    from {{ ref('stg_claims') }} as claims
    inner join {{ ref('int_identified_documents') }} as documents on claims.document_id = documents.document_id
),

ways_of_putting_it as (
    select distinct
        subject_plain,
        section_plain,
        coalesce(code, '') as code
    from claims
),

named as (
    select
        said.subject_plain,
        said.section_plain,
        said.code,
        arg_min(subjects.claim_key, struct_pack(subjects.rank, subjects.claim_key)) as claim_key,
        arg_min_null(subjects.other_key, struct_pack(subjects.rank, subjects.claim_key)) as other_key
    from ways_of_putting_it as said
    inner join {{ ref('claim_subjects') }} as subjects
        on
            regexp_full_match(said.subject_plain, subjects.subject_pattern)
            and case
                when subjects.code_pattern is null then said.code = ''
                else regexp_full_match(said.code, subjects.code_pattern)
            end
            and coalesce(regexp_matches(said.section_plain, subjects.section_pattern), true)
            and not coalesce(regexp_matches(said.section_plain, subjects.section_except), false)
    group by said.subject_plain, said.section_plain, said.code
),

described as (
    select
        claims.claim_id,
        claims.document_id,
        claims.form_id,
        claims.section,
        claims.paragraph_no,
        claims.page_no,
        claims.line_no,
        -- the order in which a reader meets them
        row_number() over (
            partition by claims.document_id
            order by
                claims.page_no, claims.line_no,
                try_cast(regexp_extract(claims.claim_id, 'N(\d+)$', 1) as integer) nulls last,
                claims.claim_id
        ) as claim_no,
        claims.subject,
        claims.subject_plain,
        claims.whole,
        -- what the text of a performance form says of money need not be of the whole document
        case when claims.form_id is null then named.claim_key end as claim_key,
        case when claims.form_id is null then named.other_key end as other_key,
        claims.code,
        -- 医疗救助（款）城乡医疗救助（项）: the item; 工资福利支出中基本工资: what is within
        coalesce(
            nullif(regexp_extract(claims.subject_plain, '([^（）]+)（[类款项]）$', 1), ''),
            regexp_replace(claims.subject_plain, '^.*[支出费]中(?:的)?', '')
        ) as item_label,
        claims.kind,
        claims.stated_as,
        claims.budget_version,
        claims.direction,
        claims.compared_with,
        claims.basis_year,
        case
            when claims.basis_year = documents.fiscal_year then 'this'
            when claims.basis_year = documents.fiscal_year - 1 then 'last'
        end as claim_year,
        claims.amount_text,
        claims.unit,
        claims.confidence,
        coalesce(corrections.corrected_yuan, claims.amount_yuan) as amount_yuan,
        claims.last_digit_yuan,
        claims.rate_percent,
        -- what one step of the last printed digit of a rate is worth
        case
            when claims.rate_percent is not null
                then (
                    0.1::decimal(4, 1) ** length(regexp_extract(claims.amount_text, '[.．](\d+)', 1))
                    * case when claims.unit = '倍' then 100 else 1 end
                )::decimal(12, 6)
        end as last_digit_percent
    from claims
    inner join {{ ref('int_identified_documents') }} as documents on claims.document_id = documents.document_id
    left join {{ ref('int_corrections') }} as corrections on claims.claim_id = corrections.amount_id
    left join named
        on
            claims.subject_plain = named.subject_plain
            and claims.section_plain = named.section_plain
            and coalesce(claims.code, '') = named.code
),

-- 一般公共预算支出9万元，其中：本年拨款8万元: a part, however it is named, is not what its whole is
parts as (
    select distinct parts.claim_id
    from {{ ref('stg_relations') }} as relations
    inner join {{ ref('stg_relation_terms') }} as terms
        on relations.relation_id = terms.relation_id and terms.role = 'part'
    inner join described as wholes on relations.claim_id = wholes.claim_id
    inner join described as parts
        on
            terms.claim_id = parts.claim_id
            and wholes.claim_key = parts.claim_key
            and wholes.subject_plain != parts.subject_plain
            and wholes.amount_yuan > parts.amount_yuan
    where
        relations.kind = 'list_sum'
        -- what these say is told by a code or a name
        and wholes.claim_key not in (
            'function_code', 'economic_code', 'government_class', 'function_item', 'function_class', 'basic_item',
            'project_evaluation'
        )
)

select
    described.* exclude (claim_key),
    case when parts.claim_id is null then described.claim_key end as claim_key
from described
left join parts on described.claim_id = parts.claim_id
