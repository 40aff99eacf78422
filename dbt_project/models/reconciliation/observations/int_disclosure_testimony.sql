{#- numbers in front, and what titles of chapters have or lack without being others -#}
{%- set marks = '[\\s　.…·,，、。:：;；()（）“”\"—-]' -%}
{%- set numbered = '^' ~ marks ~ '*(第.{1,3}部分|[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\\d+[.、．])' -%}
{%- set not_of_chapters = numbered ~ '|20\\d\\d年度?|单位|部门|预算|决算|支出|情况|说明|的|' ~ marks -%}
{#- what a blank form is about, by its usual title -#}
{%- set topics = '政府性基金|国有资本经营|三公|政府采购|结转|专项业务经费|专项资金' -%}
{%- set topic = "nullif(regexp_extract(form_types.name_zh, '" ~ topics ~ "'), '')" -%}
{#- what a title must name for it to tell what its form is not, and what narrows it -#}
{%- set words_of_titles = '[收支]|三公|基金|资本|国资|采购|绩效|经费' -%}
{#- the narrowest that is there: 一般公共预算机关运行经费 is of 机关运行; what is told apart from 一般公共 is not of it -#}
{%- set narrowers = ['机关运行|三公|基金|资本|国资|采购|绩效', '基本支出|项目支出', '财政拨款|一般公共'] -%}
{%- set narrower -%}
case
    when forms.source_said = 'fiscal' and forms.tells_sources_apart then 'apart'
    else
        coalesce(
            {% for words in narrowers %}nullif(regexp_extract(forms.title_words, '{{ words }}'), ''), {% endfor %}'whole'
        )
end
{%- endset -%}
-- What of a disclosure tells whether it shows what it must, as lines `kind:place:fact` without spaces or quotation
-- marks. The rules of seeds.disclosure_rules are patterns over them, so that a rule is a row. Parts of a disclosure
-- tell together.
with documents as (
    select
        documents.document_id,
        documents.stage,
        documents.media_type,
        documents.failure_reason,
        documents.secrecy_review,
        compared.reconciled_as
    from {{ ref('int_identified_documents') }} as documents
    inner join {{ ref('int_documents') }} as compared on documents.document_id = compared.document_id
    inner join {{ ref('int_disclosures') }} as disclosures
        on documents.document_id = disclosures.document_id and disclosures.is_in_force
    where not documents.is_template and documents.status = 'read'
),

numbered_forms as (
    select
        printed.*,
        documents.reconciled_as,
        coalesce(printed.first_page, printed.first_line, 0) as place,
        try_cast(regexp_extract(printed.printed_number, '^\D*?0*(\d{1,2})表?$', 1) as integer) as number,
        regexp_replace(printed.printed_number, '\d', '', 'g') as number_words,
        regexp_replace(printed.printed_title, '\s', '', 'g') as title_words,
        -- whose money a list of spending is of, by its title
        case
            when not contains(title_words, '支出') or regexp_matches(title_words, '收|{{ narrowers[0] }}') then null
            when contains(title_words, '一般公共') then 'general_public'
            when contains(title_words, '财政拨款') then 'fiscal'
        end as source_said
    from {{ ref('stg_forms') }} as printed
    inner join documents on printed.document_id = documents.document_id
),

ordered_forms as (
    select
        *,
        lead(first_line) over (partition by document_id order by form_no) as line_of_next,
        lag(printed_number) over by_number as number_before,
        number - lag(number) over by_number as step,
        form_no - lag(form_no) over by_number as forms_on,
        count(number) over (partition by document_id, number_words) as numbered,
        count(form_key) over (partition by document_id, form_key) as printed
    from numbered_forms
    window by_number as (partition by document_id, number_words order by number, form_no)
),

-- a publisher that prints one kind of list of both sources tells them apart
two_sources as (
    select reconciled_as
    from numbered_forms
    where source_said is not null
    group by reconciled_as, contains(title_words, '基本支出')
    having count(distinct source_said) = 2
),

forms as (
    select
        ordered_forms.*,
        ordered_forms.reconciled_as in (select two_sources.reconciled_as from two_sources) as tells_sources_apart
    from ordered_forms
),

remarks as (
    select
        printed.*,
        documents.reconciled_as,
        coalesce(printed.page_no, printed.line_no, 0) as place
    from {{ ref('stg_remarks') }} as printed
    inner join documents on printed.document_id = documents.document_id
    where
        printed.kind in ('heading', 'contents_entry', 'none_of', 'explained_term', 'no_change')
        or printed.kind in ('personal_data', 'draft_mark', 'number_gap')
),

three_public_lines as (
    select *
    from {{ ref('stg_lines') }}
    where form_key in ('budget_three_public', 'final_three_public')
),

labels as (
    select distinct
        label_plain,
        translate(label_plain, '()', '（）') as words
    from three_public_lines
    where label_plain is not null
),

-- an item of the three public expenses, as the prose names it; the vocabulary is matched once for each wording
items as (
    select
        labels.label_plain,
        arg_min(subjects.claim_key, subjects.rank) as claim_key
    from labels
    inner join {{ ref('claim_subjects') }} as subjects
        on subjects.rank between 40 and 47 and regexp_full_match(labels.words, subjects.subject_pattern)
    group by labels.label_plain
),

lines as (
    select
        three_public_lines.*,
        items.claim_key
    from three_public_lines
    left join items on three_public_lines.label_plain = items.label_plain
),

-- what the money columns and rows of a form say, and whether any of it is more than nothing
measured as (
    select
        amounts.document_id,
        amounts.form_id,
        amounts.form_key,
        coalesce(lines.claim_key, amounts.measure, 'unnamed') as measure,
        bool_or(
            amounts.amount_yuan != 0
            -- of final accounts what was spent, not what was budgeted
            and coalesce(amounts.budget_version, '') not in ('budget', 'adjusted_budget')
            and coalesce(lines.line_key, '') != 'budgeted'
        ) as is_some,
        count(*) as figures,
        count(amounts.confidence) as recognised,
        min(coalesce(amounts.page_no, amounts.line_no)) as place
    from {{ ref('stg_amounts') }} as amounts
    left join lines on amounts.line_id = lines.line_id
    group by
        amounts.document_id, amounts.form_id, amounts.form_key, coalesce(lines.claim_key, amounts.measure, 'unnamed')
),

-- a row or column of the three public expenses may be there without any figure
named as (
    select
        document_id,
        form_key,
        measure
    from measured
    union all
    select
        columns.document_id,
        forms.form_key,
        coalesce(columns.measure, 'unnamed') as measure
    from {{ ref('stg_columns') }} as columns
    inner join forms on columns.form_id = forms.form_id
    union all
    select
        document_id,
        form_key,
        coalesce(claim_key, 'unnamed') as measure
    from lines
    where claim_key is not null or not regexp_matches(label_plain, '计|数|次|会议费|培训费')
    union all
    select
        document_id,
        'narrative' as form_key,
        claim_key as measure
    from {{ ref('int_claims') }}
    where claim_key is not null
),

claims as (
    select
        claims.document_id,
        documents.reconciled_as,
        claims.claim_key,
        claims.kind,
        claims.direction,
        claims.amount_yuan,
        case when claims.amount_yuan > 0 then ';some' else ';zero' end as money,
        claims.claim_year = 'this'
        and (documents.stage = 'budget' or claims.stated_as is distinct from 'budgeted') as is_of_stage,
        coalesce(claims.subject, '') as subject,
        coalesce(claims.page_no, claims.line_no, 0) as place,
        -- a reason may be given once for what a chapter says
        coalesce(
            bool_or(said.reason is not null) over (partition by claims.document_id, claims.section), false
        ) as is_explained
    from {{ ref('int_claims') }} as claims
    inner join {{ ref('stg_claims') }} as said on claims.claim_id = said.claim_id
    inner join documents on claims.document_id = documents.document_id
),

-- what is said not to exist, under a form or wherever the prose names it
blank_forms as (
    select
        forms.form_id,
        forms.blank_reason is not null
        or coalesce(
            bool_or(contains(nothing.subject, {{ topic }})),
            false
        )
        or coalesce(
            bool_or(
                remarks.form_id = forms.form_id
                or (remarks.document_id = forms.document_id and remarks.place = forms.first_page)
                or (
                    forms.first_page is null
                    and remarks.document_id = forms.document_id
                    and remarks.line_no >= forms.first_line
                    and remarks.line_no < coalesce(forms.line_of_next, 1000000000)
                )
                or contains(remarks.text, {{ topic }})
            ),
            false
        ) as is_explained
    from forms
    left join {{ ref('forms') }} as form_types on forms.form_key = form_types.form_key
    left join remarks on forms.reconciled_as = remarks.reconciled_as and remarks.kind = 'none_of'
    left join claims as nothing on forms.reconciled_as = nothing.reconciled_as and nothing.amount_yuan = 0
    where forms.is_blank
    group by forms.form_id, forms.blank_reason
),

-- how deep a code is: one that is printed in full, also in front of its name. What counts on from the row above, or is
-- numbered, is deep, but nobody can tell how.
depths as (
    select
        document_id,
        form_key,
        first_value(coalesce(page_no, line_no)) over (partition by form_id order by row_no) as place,
        case
            when length(code) in (3, 5, 7) then length(code)
            when regexp_matches(label_plain, '^\D?\d{3}(\d\d)?(\d\d)?\D')
                then length(regexp_extract(label_plain, '^\D?(\d+)', 1))
        end as digits
    from {{ ref('stg_lines') }}
    where
        row_kind = 'item'
        and line_key is null
        and regexp_matches(form_key, '_expenditure_by_function$|_basic_by_economic$')
),

titles as (
    select
        *,
        regexp_replace(text, '{{ not_of_chapters }}', '', 'g') as words
    from remarks
    where kind in ('heading', 'contents_entry') and not regexp_matches(text, '表{{ marks }}*$')
),

-- a chapter of the contents is in the body under a heading of about the same words
chapters as (
    select
        entries.remark_id,
        min(entries.document_id) as document_id,
        min(entries.text) as text,
        min(entries.place) as place,
        bool_or(
            headings.words = entries.words
            or contains(headings.words, entries.words)
            or contains(entries.words, headings.words)
            or jaro_winkler_similarity(headings.words, entries.words) > 0.85
        ) as is_present
    from titles as entries
    inner join titles as headings on entries.reconciled_as = headings.reconciled_as and headings.kind = 'heading'
    where entries.kind = 'contents_entry' and entries.words != '' and headings.words != ''
    group by entries.remark_id
),

-- grids with a column of money, filled in or not
figured as (
    select distinct form_id
    from {{ ref('stg_columns') }}
),

spent as (
    select distinct form_id
    from {{ ref('stg_amounts') }}
    where amount_yuan != 0
),

recognised as (
    select
        document_id,
        sum(recognised) as recognised,
        sum(figures) as figures
    from measured
    group by document_id
),

told as (
    select
        document_id,
        case kind
            when 'explained_term' then 'term' when 'none_of' then 'none' when 'no_change' then 'same' else kind
        end
        || ':' || place || ':'
        || case kind
            when 'none_of' then coalesce(section, '') || '/' || text
            when 'no_change' then coalesce(subject, '') || '@' || coalesce(section, '')
            -- what is to be deleted is not to be published again
            when 'personal_data' then left(text, 3) || '****' || right(text, 2)
            else text
        end as line
    from remarks
    union all
    select
        document_id,
        'chapter:' || place || ':' || text || case when is_present then ';present' else ';absent' end as line
    from chapters
    union all
    select
        contents.document_id,
        unnest([
            concat(
                'contents:', coalesce(contents.page_no, contents.line_no), ':', contents.printed_title,
                case when contents.declared_blank then ';declared_blank' else ';' end,
                case
                    when forms.form_id is null then ';absent'
                    -- a form full of zeros says what a blank one says
                    when forms.is_blank or forms.is_illegible or spent.form_id is null then ';present'
                    else ';filled'
                end
            ),
            case
                when contents.declared_blank
                    then concat('declared:', coalesce(contents.page_no, contents.line_no), ':', contents.form_key, ';')
            end
        ]) as line
    from {{ ref('stg_contents') }} as contents
    inner join documents on contents.document_id = documents.document_id
    left join forms
        on documents.reconciled_as = forms.reconciled_as and contents.form_key = forms.form_key
    left join spent on forms.form_id = spent.form_id
    where contents.form_key is not null
    union all
    select
        forms.document_id,
        unnest([
            case
                when forms.form_key is not null
                    then concat(
                        'form:', forms.place, ':', forms.form_key, ';',
                        case
                            when forms.is_illegible then 'illegible'
                            when not forms.is_blank then 'filled'
                            when blank_forms.is_explained then 'blank_explained'
                            else 'blank'
                        end,
                        ';', form_types.name_zh
                    )
                when forms.is_illegible then concat('unread:', forms.place, ':本系统未能识读的报表')
                -- a form that nobody could name may be the one that is looked for, as far as its title allows
                when regexp_matches(forms.printed_title, '{{ words_of_titles }}')
                    then concat(
                        'open:', forms.place, ':', forms.printed_title, ';',
                        {{ narrower }}
                    )
                when figured.form_id is not null then concat('opaque:', forms.place, ':', forms.printed_title)
            end,
            case
                -- printed twice, of which one may be another form
                when forms.printed > 1 and form_types.is_unique and forms.certainty < 0.8
                    then concat('opaque:', forms.place, ':', forms.printed_title)
                -- what is likely one form may be another, as far as its title allows
                when forms.form_key is not null and forms.certainty < 0.8
                    then concat(
                        'open:', forms.place, ':', forms.printed_title, ';',
                        {{ narrower }}
                    )
            end,
            case
                -- a form between the two may have the number that was not read
                when forms.step between 2 and 3 and forms.forms_on = 1 and forms.numbered >= 3
                    then concat('form_gap:', forms.place, ':', forms.number_before, ' → ', forms.printed_number)
            end
        ]) as line
    from forms
    left join {{ ref('forms') }} as form_types on forms.form_key = form_types.form_key
    left join blank_forms on forms.form_id = blank_forms.form_id
    left join figured on forms.form_id = figured.form_id
    union all
    select
        documents.document_id,
        unnest([
            'unread:1:' || documents.failure_reason,
            'cover:1:secrecy;' || documents.secrecy_review,
            -- what was recognised in pictures may lack what was not
            case when 5 * figures.recognised > figures.figures then 'unread:1:文字识别' end,
            case
                when documents.media_type = 'application/pdf' and figures.recognised = figures.figures
                    then 'document:1:pictures_only'
            end
        ]) as line
    from documents
    left join recognised as figures on documents.document_id = figures.document_id
    union all
    select
        rejects.document_id,
        concat('reject:', min(coalesce(rejects.page_no, rejects.line_no)), ':', forms.form_key) as line
    from {{ ref('stg_rejects') }} as rejects
    inner join forms on rejects.form_id = forms.form_id
    group by rejects.document_id, forms.form_key
    union all
    select
        document_id,
        concat('kinds:0:', form_key, ';', string_agg(distinct measure, ',' order by measure)) as line
    from named
    group by document_id, form_key
    union all
    select distinct
        document_id,
        concat('depth:', place, ':', form_key, ';', coalesce(digits::varchar, 'none')) as line
    from depths
    union all
    select
        document_id,
        concat('money:', place, ':', measure, case when is_some then ';some' else ';zero' end) as line
    from measured
    where
        form_key in ('budget_three_public', 'final_three_public')
        or form_key in ('budget_expenditure', 'budget_expenditure_by_function')
    union all
    select
        document_id,
        unnest([
            case when kind = 'level' then concat('claim:', place, ':', claim_key || money) end,
            case when kind = 'level' and is_of_stage then concat('money:', place, ':', claim_key || money) end,
            case
                when kind = 'change' and amount_yuan != 0
                    then concat(
                        'change:', place, ':', coalesce(claim_key, 'other'), ';',
                        case when is_explained then 'explained' else 'unexplained' end
                    )
            end,
            case when kind = 'rate' and direction is not null then concat('moved:', place, ':', claim_key || ';') end,
            case when is_explained and subject != '' then concat('reason:', place, ':', subject) end,
            case
                when claim_key is null and regexp_matches(subject, '企业|货物|工程|服务|机关运行')
                    then concat('said:', place, ':', subject)
            end
        ]) as line
    from claims
    union all
    -- what is bought may be told apart by the rows of the form
    select distinct
        lines.document_id,
        concat('said:', coalesce(lines.page_no, lines.line_no), ':', lines.label_plain) as line
    from {{ ref('stg_lines') }} as lines
    inner join documents on lines.document_id = documents.document_id
    where lines.form_key = 'budget_procurement' and regexp_matches(lines.label_plain, '货物|工程|服务')
    union all
    select
        document_id,
        concat(
            'count:', coalesce(page_no, line_no), ':', topic, ';', subject, ';', unit,
            case when quantity > 0 then ';some' else ';zero' end,
            case when as_of is null then '' else ';dated' end
        ) as line
    from {{ ref('stg_counts') }}
    where form_id is null
),

together as (
    select
        documents.reconciled_as,
        chr(10) || string_agg(told.line, chr(10) order by told.line) as lines,
        count(*) filter (starts_with(told.line, 'claim:')) as claims,
        count(*) filter (starts_with(told.line, 'form:')) as forms
    from documents
    inner join told on documents.document_id = told.document_id
    group by documents.reconciled_as
)

select
    documents.document_id,
    translate(
        coalesce(together.lines, '')
        || case
            when coalesce(together.claims, 0) < 5 then chr(10) || 'prose:0:none'
            else ''
        end
        || case when coalesce(together.forms, 0) = 0 then chr(10) || 'forms:0:none' else '' end,
        ' 　“”"''‘’（）',
        ''
    ) as lines
from documents
left join together on documents.reconciled_as = together.reconciled_as
