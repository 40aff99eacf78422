-- What is missing, unread or oddly printed in a form or in the list of forms.
with forms as (
    select
        printed.*,
        coalesce(printed.first_page, printed.first_line) as place,
        coalesce(form_types.name_zh, printed.printed_title, '?') as name_zh,
        coalesce(form_types.name_en, printed.printed_title, '?') as name_en
    from {{ ref('stg_forms') }} as printed
    left join {{ ref('forms') }} as form_types on printed.form_key = form_types.form_key
),

without_unit as (
    select
        form_id,
        count(*) as figures
    from {{ ref('stg_amounts') }}
    where amount_yuan is null and amount_kind != 'dash'
    group by form_id
),

-- 'absent' says that nothing on the page looks like a unit: it is not that we failed to find it
without_any_unit as (
    select
        forms.form_id as subject_id,
        forms.document_id,
        case when forms.unit_source is null then 'form.unit_missing' else 'form.unit_absent' end as rule_id,
        forms.form_key,
        [forms.place] as places,
        format(
            case
                when forms.unit_source is null then '{}：未找到金额单位，{} 个数字无法换算为元'
                else '{}：未印金额单位，{} 个数字无法换算为元'
            end,
            forms.name_zh,
            without_unit.figures
        ) as message_zh,
        format(
            case
                when forms.unit_source is null
                    then '{}: no unit of money was found, so {} figures have no value in yuan'
                else '{}: prints no unit of money, so {} figures have no value in yuan'
            end,
            forms.name_en,
            without_unit.figures
        ) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from forms
    inner join without_unit on forms.form_id = without_unit.form_id
    where forms.unit_source is null or forms.unit_source = 'absent'
),

unit_inferred as (
    select
        forms.form_id as subject_id,
        forms.document_id,
        'form.unit_inferred' as rule_id,
        forms.form_key,
        [forms.place] as places,
        format('{}：表内未印金额单位，按其他各表一致的“{}”计', forms.name_zh, forms.unit) as message_zh,
        format(
            '{}: prints no unit of money; the other forms agree on {} and a figure in both confirms it',
            forms.name_en,
            forms.unit
        ) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from forms
    where forms.unit_source = 'inferred'
),

disclosed_forms as (
    select
        forms.form_key,
        forms.printed_title,
        forms.is_blank,
        compared.reconciled_as
    from forms
    inner join {{ ref('int_documents') }} as compared on forms.document_id = compared.document_id
),

-- disclosures that print a titled form which nobody could name: what is missing there is not known
with_unnamed_forms as (
    select distinct reconciled_as
    from disclosed_forms
    where form_key is null and printed_title is not null and not is_blank
),

illegible as (
    select
        form_id as subject_id,
        document_id,
        'form.illegible' as rule_id,
        form_key,
        [place] as places,
        format('{}：原文无法识别', name_zh) as message_zh,
        format('{}: illegible in the source', name_en) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from forms
    where is_illegible
),

rejected as (
    select
        form_id,
        count(*) as cells,
        list_sort(list_distinct(list(coalesce(page_no, line_no)))) as places
    from {{ ref('stg_rejects') }}
    group by form_id
),

cells_rejected as (
    select
        forms.form_id as subject_id,
        forms.document_id,
        'form.cells_rejected' as rule_id,
        forms.form_key,
        rejected.places,
        format('{}：{} 个单元格未能读懂，待人工核实（未入库）', forms.name_zh, rejected.cells) as message_zh,
        format('{}: {} cells could not be read and are held back', forms.name_en, rejected.cells) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from forms
    inner join rejected on forms.form_id = rejected.form_id
),

cut_short as (
    select
        forms.form_id as subject_id,
        forms.document_id,
        'form.cut_short' as rule_id,
        forms.form_key,
        [forms.place] as places,
        format('{}：缺少结尾的合计行，表格不完整', forms.name_zh) as message_zh,
        format('{}: the rows that close the form are missing, so it is incomplete', forms.name_en) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from forms
    semi join {{ ref('int_cut_forms') }} as cut on forms.form_id = cut.form_id
),

-- one row of figures alone, as of the three public expenses, leaves nothing to add up
rows_of_figures as (
    select form_id
    from {{ ref('stg_amounts') }}
    where amount_kind = 'number'
    group by form_id
    having count(distinct line_id) > 1
),

total_missing as (
    select
        forms.form_id as subject_id,
        forms.document_id,
        'form.total_missing' as rule_id,
        forms.form_key,
        [forms.place] as places,
        format('{}：缺少合计行', forms.name_zh) as message_zh,
        format('{}: the row that adds up the others is missing', forms.name_en) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from forms
    inner join {{ ref('forms') }} as form_types
        on forms.form_key = form_types.form_key and form_types.total_line is not null
    anti join {{ ref('int_cut_forms') }} as cut on forms.form_id = cut.form_id
    anti join {{ ref('stg_lines') }} as totals
        on
            forms.form_id = totals.form_id
            -- rows that are periods (预算数, 决算数) add up to nothing
            and (
                totals.line_key in (form_types.total_line, 'whole')
                or totals.row_kind = 'total'
                or totals.side_key = 'period'
            )
    semi join rows_of_figures on forms.form_id = rows_of_figures.form_id
),

-- rows with functional or economic codes, and the code above and below each
coded as (
    select
        lines.form_id,
        lines.document_id,
        lines.form_key,
        lines.side_no,
        lines.row_label,
        coalesce(codes.meant_code, lines.code) as code,
        coalesce(lines.page_no, lines.line_no) as place,
        length(coalesce(codes.meant_code, lines.code)) as digits,
        left(
            coalesce(codes.meant_code, lines.code), greatest(length(coalesce(codes.meant_code, lines.code)) - 2, 3)
        ) as code_above
    from {{ ref('int_lines') }} as lines
    -- a code that was misprinted is one slip: no code is lacking above or below it
    left join {{ ref('int_meant_codes') }} as codes on lines.line_id = codes.line_id
    where
        lines.is_item
        and lines.side_key in ('function', 'economic')
        and length(coalesce(codes.meant_code, lines.code)) in (3, 5, 7)
),

depths as (
    select
        form_id,
        side_no,
        list_sort(list(distinct digits)) as printed_digits
    from coded
    group by form_id, side_no
),

parent_missing as (
    select
        concat_ws('|', coded.form_id, coded.side_no, coded.code_above) as subject_id,
        min(coded.document_id) as document_id,
        'form.parent_missing' as rule_id,
        min(coded.form_key) as form_key,
        list_sort(list_distinct(list(coded.place))) as places,
        format('{} {}：未列上级科目 {}', min(coded.code), coalesce(min(coded.row_label), ''), coded.code_above) as message_zh,
        format(
            '{} {}: the code above, {}, is not printed',
            min(coded.code),
            coalesce(min(coded.row_label), ''),
            coded.code_above
        ) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from coded
    inner join depths
        on
            coded.form_id = depths.form_id
            and coded.side_no = depths.side_no
            and list_contains(depths.printed_digits, length(coded.code_above))
    anti join coded as above
        on
            coded.form_id = above.form_id
            -- a list may go on in the next of several tables side by side
            and coded.side_no >= above.side_no
            and coded.code_above = above.code
    where coded.digits > 3
    group by coded.form_id, coded.side_no, coded.code_above
),

-- as equal codes: whether one code begins another can only be asked by comparing all codes of all documents
codes_with_children as (
    select
        form_id,
        side_no,
        unnest(list_distinct([left(code, 3), left(code, (digits - 2)::integer)])) as code
    from coded
    where digits > 3
),

children_missing as (
    select
        concat_ws('|', coded.form_id, coded.side_no, coded.code) as subject_id,
        min(coded.document_id) as document_id,
        'form.children_missing' as rule_id,
        min(coded.form_key) as form_key,
        list_sort(list_distinct(list(coded.place))) as places,
        format('{} {}：其下未列明细科目', coded.code, coalesce(min(coded.row_label), '')) as message_zh,
        format('{} {}: no code below it is printed', coded.code, coalesce(min(coded.row_label), '')) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from coded
    inner join depths
        on
            coded.form_id = depths.form_id
            and coded.side_no = depths.side_no
            and list_contains(depths.printed_digits, coded.digits + 2)
    anti join codes_with_children as below
        on
            coded.form_id = below.form_id
            and coded.side_no <= below.side_no
            and coded.code = below.code
    group by coded.form_id, coded.side_no, coded.code
),

parts_blank as (
    select
        results.identity_id as subject_id,
        results.document_id,
        'form.parts_blank' as rule_id,
        results.form_key,
        results.places,
        format('{}：列有 {}，其各项均为空白', results.terms[1].row_label, results.terms[1].amount_text) as message_zh,
        format(
            '{}: {} is printed, but nothing for any of its parts',
            results.terms[1].row_label,
            results.terms[1].amount_text
        ) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from {{ ref('identity_results') }} as results
    inner join {{ ref('identities') }} as rules
        on results.rule_id = rules.rule_id and rules.family in ('tree', 'column')
    where
        results.not_asked_because = 'side_blank'
        and results.terms[1].cell_state = 'printed'
        and results.terms[1].value_yuan != 0
        -- a dash says that there is nothing to print
        and not list_contains(list_transform(results.terms, term -> term.cell_state), 'dash')
),

-- an item that the prose names and the form, though there, does not have
not_in_form as (
    select
        results.identity_id as subject_id,
        results.document_id,
        'claim.not_in_form' as rule_id,
        null::varchar as form_key,
        results.places,
        format('说明中的“{}”（{}）在表中未见', results.terms[1].row_label, results.terms[1].amount_text) as message_zh,
        format(
            '{} ({}) is stated in the text, but the form has no such line',
            results.terms[1].row_label,
            results.terms[1].amount_text
        ) as message_en,
        results.terms[1].amount_id as suspected_amount_id,
        null::varchar as suggested_text
    from {{ ref('identity_results') }} as results
    where results.rule_id = 'figure.stated_in_prose' and results.not_asked_because = 'line_not_printed'
),

absent as (
    select
        concat_ws('|', contents.document_id, contents.entry_no) as subject_id,
        contents.document_id,
        'contents.declared_but_absent' as rule_id,
        contents.form_key,
        [coalesce(contents.page_no, contents.line_no)] as places,
        format('目录列出“{}”，正文未见该表', contents.printed_title) as message_zh,
        format('The contents list {}, but the form is not in the document', contents.printed_title) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from {{ ref('stg_contents') }} as contents
    inner join {{ ref('int_documents') }} as compared on contents.document_id = compared.document_id
    -- in this document or another part of its disclosure
    anti join disclosed_forms
        on compared.reconciled_as = disclosed_forms.reconciled_as and contents.form_key = disclosed_forms.form_key
    anti join with_unnamed_forms on compared.reconciled_as = with_unnamed_forms.reconciled_as
),

undeclared as (
    select
        form_id as subject_id,
        document_id,
        'contents.present_but_undeclared' as rule_id,
        form_key,
        [place] as places,
        format('正文有“{}”，目录未列', name_zh) as message_zh,
        format('{} is in the document, but not in its contents list', name_en) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from forms
    where not declared_in_contents and form_key is not null
),

not_blank as (
    select
        forms.form_id as subject_id,
        forms.document_id,
        'contents.declared_blank_but_filled' as rule_id,
        forms.form_key,
        [forms.place] as places,
        format('目录称“{}”为空表，表中却有数字', forms.name_zh) as message_zh,
        format('{} is declared blank, but holds figures', forms.name_en) as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from forms
    semi join {{ ref('stg_amounts') }} as amounts
        on forms.form_id = amounts.form_id and amounts.amount_kind = 'number'
    where forms.declared_blank
),

usual_digits as (
    select * from {{ usual_last_digits() }}
),

odd_precision as (
    select
        amounts.amount_id as subject_id,
        amounts.document_id,
        'cell.odd_precision' as rule_id,
        amounts.form_key,
        [coalesce(amounts.page_no, amounts.line_no)] as places,
        -- a form of one row may print no label
        format(
            '{}：{} 的小数位数多于本表其他数字', coalesce(amounts.row_label, amounts.column_path), amounts.amount_text
        ) as message_zh,
        format(
            '{}: {} has more decimals than the other figures of its form',
            coalesce(amounts.row_label, amounts.column_path),
            amounts.amount_text
        ) as message_en,
        amounts.amount_id as suspected_amount_id,
        -- 0.222 for 0.22: the last digit typed twice
        case
            when amounts.amount_text similar to '.*(00|11|22|33|44|55|66|77|88|99)'
                then left(amounts.amount_text, length(amounts.amount_text) - 1)
        end as suggested_text
    from {{ ref('stg_amounts') }} as amounts
    inner join usual_digits
        on amounts.form_id = usual_digits.form_id and amounts.unit = usual_digits.unit
    where amounts.last_digit_yuan < usual_digits.usual_last_digit_yuan and amounts.amount_kind = 'number'
),

templates as (
    select
        documents.document_id as subject_id,
        documents.document_id,
        'document.template' as rule_id,
        null::varchar as form_key,
        [min(coalesce(remarks.page_no, remarks.line_no))] as places,
        '空白模板：模板空项未填，没有任何金额' as message_zh,
        'A blank set of forms: placeholders are left in, and there is not one figure of money' as message_en,
        null::varchar as suspected_amount_id,
        null::varchar as suggested_text
    from {{ ref('int_identified_documents') }} as documents
    inner join {{ ref('stg_remarks') }} as remarks
        on documents.document_id = remarks.document_id and remarks.kind = 'placeholder'
    where documents.is_template
    group by documents.document_id
)

select * from templates
union all by name
select * from without_any_unit
union all
select * from unit_inferred
union all by name
select * from cells_rejected
union all by name
select * from illegible
union all by name
select * from cut_short
union all by name
select * from total_missing
union all by name
select * from parent_missing
union all by name
select * from children_missing
union all by name
select * from parts_blank
union all by name
select * from not_in_form
union all by name
select * from absent
union all by name
select * from undeclared
union all by name
select * from not_blank
union all by name
select * from odd_precision
