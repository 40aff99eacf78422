-- Everything that does not agree, with evidence: broken identities first, then what is missing or oddly printed.
with identities_not_exact as (
    select
        results.identity_id,
        results.document_id,
        results.rule_id,
        rules.family as kind,
        case
            when results.outcome = 'holds' then 'rounding'
            -- a break that touches a row we repaired may be ours
            when results.is_doubtful then 'suspect'
            else 'discrepancy'
        end as severity,
        results.form_key,
        results.places,
        results.left_yuan,
        results.right_yuan,
        results.residual_yuan,
        results.tolerance_yuan,
        rules.meaning_zh,
        rules.meaning_en,
        results.terms[1].row_label as row_label
    from {{ ref('identity_results') }} as results
    inner join {{ ref('identities') }} as rules on results.rule_id = rules.rule_id
    where
        results.outcome = 'breaks'
        -- one figure printed twice that differs within its rounding: no slip, but worth a word
        or (results.outcome = 'holds' and rules.exact_copy and results.residual_yuan != 0)
),

of_identities as (
    select
        identity_id as subject_id,
        identity_id,
        document_id,
        rule_id,
        kind,
        severity,
        form_key,
        places,
        left_yuan,
        right_yuan,
        residual_yuan,
        tolerance_yuan,
        format(
            '{}（{}）：左 {} 元，右 {} 元，差 {} 元{}',
            meaning_zh,
            coalesce(row_label, '合计'),
            left_yuan::varchar,
            right_yuan::varchar,
            residual_yuan::varchar,
            case when severity = 'rounding' then '，在印刷精度之内' else '' end
        ) as message_zh,
        format(
            '{} ({}): left {} yuan, right {} yuan, off by {} yuan{}',
            meaning_en,
            coalesce(row_label, 'total'),
            left_yuan::varchar,
            right_yuan::varchar,
            residual_yuan::varchar,
            case when severity = 'rounding' then ', within the printed precision' else '' end
        ) as message_en
    from identities_not_exact
),

forms as (
    select
        printed.*,
        coalesce(printed.first_line, printed.first_page) as place,
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

unit_missing as (
    select
        forms.form_id as subject_id,
        forms.document_id,
        'form.unit_missing' as rule_id,
        forms.form_key,
        [forms.place] as places,
        format('{}：未印金额单位，{} 个数字无法换算为元', forms.name_zh, without_unit.figures) as message_zh,
        format(
            '{}: no unit of money is printed, so {} figures have no value in yuan',
            forms.name_en,
            without_unit.figures
        ) as message_en
    from forms
    inner join without_unit on forms.form_id = without_unit.form_id
),

illegible as (
    select
        form_id as subject_id,
        document_id,
        'form.illegible' as rule_id,
        form_key,
        [place] as places,
        format('{}：原文无法识别', name_zh) as message_zh,
        format('{}: illegible in the source', name_en) as message_en
    from forms
    where is_illegible
),

rejected as (
    select
        form_id,
        count(*) as cells,
        list_sort(list_distinct(list(coalesce(line_no, page_no)))) as places
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
        format('{}：{} 个单元格未能读懂，已隔离', forms.name_zh, rejected.cells) as message_zh,
        format('{}: {} cells could not be read and are held back', forms.name_en, rejected.cells) as message_en
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
        format('{}: the rows that close the form are missing, so it is incomplete', forms.name_en) as message_en
    from forms
    semi join {{ ref('int_cut_forms') }} as cut on forms.form_id = cut.form_id
),

absent as (
    select
        concat_ws('|', contents.document_id, contents.entry_no) as subject_id,
        contents.document_id,
        'contents.declared_but_absent' as rule_id,
        contents.form_key,
        [coalesce(contents.line_no, contents.page_no)] as places,
        format('目录列出“{}”，正文未见该表', contents.printed_title) as message_zh,
        format('The contents list {}, but the form is not in the document', contents.printed_title) as message_en
    from {{ ref('stg_contents') }} as contents
    anti join forms
        on contents.document_id = forms.document_id and contents.form_key = forms.form_key
),

undeclared as (
    select
        form_id as subject_id,
        document_id,
        'contents.present_but_undeclared' as rule_id,
        form_key,
        [place] as places,
        format('正文有“{}”，目录未列', name_zh) as message_zh,
        format('{} is in the document, but not in its contents list', name_en) as message_en
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
        format('{} is declared blank, but holds figures', forms.name_en) as message_en
    from forms
    semi join {{ ref('stg_amounts') }} as amounts
        on forms.form_id = amounts.form_id and amounts.amount_kind = 'number'
    where forms.declared_blank
),

usual_digits as (
    select
        form_id,
        unit,
        mode(last_digit_yuan) as usual_last_digit_yuan
    from {{ ref('stg_amounts') }}
    where amount_kind = 'number' and amount_text like '%.%'
    group by form_id, unit
),

odd_precision as (
    select
        amounts.amount_id as subject_id,
        amounts.document_id,
        'cell.odd_precision' as rule_id,
        amounts.form_key,
        [coalesce(amounts.line_no, amounts.page_no)] as places,
        format('{}：{} 的小数位数多于本表其他数字', amounts.row_label, amounts.amount_text) as message_zh,
        format(
            '{}: {} has more decimals than the other figures of its form', amounts.row_label, amounts.amount_text
        ) as message_en
    from {{ ref('stg_amounts') }} as amounts
    inner join usual_digits
        on amounts.form_id = usual_digits.form_id and amounts.unit = usual_digits.unit
    where amounts.last_digit_yuan < usual_digits.usual_last_digit_yuan and amounts.amount_kind = 'number'
),

observed as (
    select * from unit_missing
    union all by name
    select * from cells_rejected
    union all by name
    select * from illegible
    union all by name
    select * from cut_short
    union all by name
    select * from absent
    union all by name
    select * from undeclared
    union all by name
    select * from not_blank
    union all by name
    select * from odd_precision
),

gathered as (
    select * from of_identities
    union all by name
    select
        observed.*,
        rules.kind,
        rules.severity
    from observed
    inner join {{ ref('finding_rules') }} as rules on observed.rule_id = rules.rule_id
)

select
    'F-' || left(md5(gathered.rule_id || gathered.subject_id), 12) as finding_id,
    gathered.document_id,
    gathered.identity_id,
    gathered.rule_id,
    gathered.kind,
    gathered.severity,
    gathered.form_key,
    list_filter(gathered.places, place -> place is not null)::bigint[] as places,
    gathered.left_yuan,
    gathered.right_yuan,
    gathered.residual_yuan,
    gathered.tolerance_yuan,
    gathered.message_zh || coalesce(format('；疑为 {}', suspects.suggested_text), '') as message_zh,
    gathered.message_en || coalesce(
        format('; {} would repair {} identities', suspects.suggested_text, suspects.identities_explained), ''
    ) as message_en,
    suspects.suspected_amount_id,
    suspects.suggested_text
from gathered
left join {{ ref('int_suspects') }} as suspects
    on gathered.subject_id = suspects.identity_id and gathered.severity = 'discrepancy'
