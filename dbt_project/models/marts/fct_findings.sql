-- Everything that does not agree, with evidence: broken identities first, then what is missing or oddly printed.
with suspects as (
    select *
    from {{ ref('int_suspects') }}
    where is_root
),

-- which figure, corrected by its last digit, would make a sum exact that holds within its rounding
rounding_suspects as (
    select
        terms.identity_id,
        -- of equals always the same
        arg_min(
            suspects.correctable_id,
            struct_pack(worth := -suspects.identities_repaired, correctable_id := suspects.correctable_id)
        ) as correctable_id
    from suspects
    inner join {{ ref('int_suspects') }} as corrected
        on suspects.correctable_id = corrected.correctable_id and corrected.is_rounding
    inner join {{ ref('int_identity_terms') }} as terms on corrected.cell_id = terms.cell_id
    where suspects.is_rounding
    group by terms.identity_id
),

-- Questions of any layout say which forms and columns they are of, as far as these have names.
named_figures as (
    select
        results.identity_id,
        results.rule_id,
        terms.term_no,
        string_agg(forms.name_zh, '、' order by forms.form_key) as form_zh,
        string_agg(forms.name_en, ', ' order by forms.form_key) as form_en,
        string_agg(measures.name_zh, '＋' order by terms.line_no, terms.amount_id) as measures_zh,
        string_agg(measures.name_en, ' + ' order by terms.line_no, terms.amount_id) as measures_en,
        count(*) as figures,
        count(distinct terms.measure) as measures
    from {{ ref('identity_results') }} as results
    inner join {{ ref('int_identity_terms') }} as terms on results.identity_id = terms.identity_id
    left join {{ ref('forms') }} as forms on terms.form_key = forms.form_key
    left join {{ ref('measures') }} as measures on terms.measure = measures.measure
    where
        results.outcome in ('holds', 'breaks')
        and results.residual_yuan != 0
        and results.rule_id in ('figure.stated_twice', 'figure.stated_in_prose', 'row.parts')
    group by results.identity_id, results.rule_id, terms.term_no
),

named_questions as (
    select
        wholes.identity_id,
        case wholes.rule_id
            when 'figure.stated_twice' then wholes.form_zh || '＝' || parts.form_zh
            when 'figure.stated_in_prose' then '说明中的金额＝' || parts.form_zh
            else wholes.measures_zh || '＝' || parts.measures_zh
        end as meaning_zh,
        case wholes.rule_id
            when 'figure.stated_twice' then wholes.form_en || ' = ' || parts.form_en
            when 'figure.stated_in_prose' then 'A figure in the text = ' || parts.form_en
            else wholes.measures_en || ' = ' || parts.measures_en
        end as meaning_en
    from named_figures as wholes
    inner join named_figures as parts on wholes.identity_id = parts.identity_id and parts.term_no = 2
    where
        wholes.term_no = 1
        -- columns that are of one kind, and of several sources, are not named by it
        and (
            wholes.rule_id != 'row.parts'
            or (parts.measures = parts.figures and wholes.measures = 1 and parts.measures_zh != wholes.measures_zh)
        )
),

identities_not_exact as (
    select
        results.identity_id,
        results.document_id,
        results.rule_id,
        rules.family as kind,
        case
            when results.outcome = 'holds' then 'rounding'
            when rules.severity = 'discrepancy' and results.doubt is not null then 'suspect'
            -- a break that touches a row we repaired may be ours, unless another figure is found to be wrong
            when results.is_doubtful and (coalesce(suspects.evidence, 'likely') = 'likely' or suspects.is_doubtful)
                then 'suspect'
            else rules.severity
        end as severity,
        results.form_key,
        results.places,
        results.left_yuan,
        results.right_yuan,
        results.residual_yuan,
        results.tolerance_yuan,
        coalesce(named_questions.meaning_zh, rules.meaning_zh) as meaning_zh,
        coalesce(named_questions.meaning_en, rules.meaning_en) as meaning_en,
        concat_ws(
            '/', coalesce(regexp_replace(results.terms[1].row_label, '\s', '', 'g'), '合计'), measures.name_zh
        ) as label_zh,
        concat_ws(
            '/', coalesce(regexp_replace(results.terms[1].row_label, '\s', '', 'g'), 'total'), measures.name_en
        ) as label_en,
        causes.cause_id,
        coalesce(causes.cause_kind, case when suspects.cell_id is not null then 'figure' end) as cause_kind,
        suspects.amount_id as suspected_amount_id,
        regexp_replace(suspects.row_label, '\s', '', 'g') as suspected_label,
        suspects.page_no as suspected_page,
        coalesce(suspects.page_no, suspects.line_no) as suspected_place,
        suspects.amount_text as suspected_text,
        coalesce(
            suspects.suggested_text, case when causes.cause_kind = 'code' then codes.meant_code end
        ) as suggested_text,
        codes.printed_code,
        codes.meant_code,
        suspects.slip_kind,
        suspects.evidence,
        regexp_replace(lines.row_label, '\s', '', 'g') as line_label,
        equations.equation_zh,
        equations.equation_en,
        acknowledged.reason as acknowledged_because
    from {{ ref('identity_results') }} as results
    inner join {{ ref('identities') }} as rules on results.rule_id = rules.rule_id
    left join named_questions on results.identity_id = named_questions.identity_id
    left join {{ ref('int_printed_equations') }} as equations on results.identity_id = equations.identity_id
    left join {{ ref('measures') }} as measures on results.terms[1].measure = measures.measure
    left join {{ ref('int_identity_causes') }} as causes on results.identity_id = causes.identity_id
    left join rounding_suspects on results.identity_id = rounding_suspects.identity_id
    left join suspects
        on
            coalesce(causes.correctable_id, rounding_suspects.correctable_id) = suspects.correctable_id
            and suspects.is_rounding = (results.outcome = 'holds')
    left join {{ ref('int_acknowledged_identities') }} as acknowledged on results.identity_id = acknowledged.identity_id
    left join {{ ref('int_lines') }} as lines on causes.line_id = lines.line_id
    left join {{ ref('int_meant_codes') }} as codes on causes.line_id = codes.line_id
    where
        results.outcome = 'breaks'
        -- further off than rounding one figure explains, if not than rounding all of them: no slip, but worth a word
        or (results.outcome = 'holds' and abs(results.residual_yuan) > results.largest_rounding_yuan)
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
        cause_id,
        cause_kind,
        suspected_amount_id,
        suspected_place,
        suggested_text,
        slip_kind,
        evidence,
        acknowledged_because,
        format('{}（{}）：{}', meaning_zh, label_zh, equation_zh)
        || case
            when severity = 'rounding' then '，在印刷精度之内'
            when cause_kind = 'missing_line' then format('；{} 之下疑缺一行', coalesce(line_label, '合计'))
            when cause_kind = 'line_counted_twice' then format('；{} 疑被重复计入', coalesce(line_label, '?'))
            when cause_kind = 'code' then format('；{} 的编码 {} 应为 {}', line_label, printed_code, meant_code)
            else ''
        end
        || coalesce(
            format(
                '；第{}{}“{}”的 {} {} {}',
                suspected_place,
                case when suspected_page is null then '行' else '页' end,
                coalesce(suspected_label, ''),
                coalesce(suspected_text, '空白'),
                case when severity = 'rounding' then '若为' else '疑为' end,
                suggested_text || case when severity = 'rounding' then ' 则完全相等' else '' end
            ),
            ''
        ) as message_zh,
        format('{} ({}): {}', meaning_en, label_en, equation_en)
        || case
            when severity = 'rounding' then ', within the printed precision'
            when cause_kind = 'missing_line'
                then format('; a line seems to be missing under {}', coalesce(line_label, 'the total'))
            when cause_kind = 'line_counted_twice'
                then format('; {} seems to be counted twice', coalesce(line_label, '?'))
            when cause_kind = 'code'
                then format('; the code of {}, {}, should be {}', line_label, printed_code, meant_code)
            else ''
        end
        || coalesce(
            format(
                case
                    when severity = 'rounding' then '; {} on {} {}{} would be exact as {}'
                    else '; {} on {} {}{} should probably be {}'
                end,
                coalesce(suspected_text, 'the blank'),
                case when suspected_page is null then 'line' else 'page' end,
                suspected_place,
                coalesce(' (' || suspected_label || ')', ''),
                suggested_text
            ),
            ''
        ) as message_en
    from identities_not_exact
),

-- a decision does not make the slip undone
corrected as (
    select
        amount_id as subject_id,
        document_id,
        'decision.corrected' as rule_id,
        null::varchar as form_key,
        [coalesce(page_no, line_no)] as places,
        format('列示为 {}，人工确认应为 {} {}：{}', printed_text, corrected_text, corrected_unit, reason) as message_zh,
        format('{} is printed; {} {} was decided to be meant: {}', printed_text, corrected_text, corrected_unit, reason)
            as message_en,
        amount_id as suspected_amount_id,
        corrected_text as suggested_text
    from {{ ref('int_corrections') }}
),

observed as (
    select * from {{ ref('int_form_observations') }}
    union all by name
    select * from corrected
    union all by name
    select * from {{ ref('int_wording_observations') }}
    union all by name
    select * from {{ ref('int_comparison_observations') }}
    union all by name
    select * from {{ ref('int_bound_observations') }}
    union all by name
    select * from {{ ref('int_claim_path_observations') }}
    union all by name
    select * from {{ ref('int_claim_identity_observations') }}
    union all by name
    select * from {{ ref('int_indicator_observations') }}
    union all by name
    select * from {{ ref('int_code_observations') }}
    union all by name
    select * from {{ ref('int_document_observations') }}
),

-- sums that break because of a misprinted code have one cause with what is said of the code itself
misprinted_codes as (
    select
        codes.document_id,
        codes.meant_code,
        min(causes.cause_id) as cause_id
    from {{ ref('int_identity_causes') }} as causes
    inner join {{ ref('int_meant_codes') }} as codes on causes.line_id = codes.line_id
    where causes.cause_kind = 'code'
    group by codes.document_id, codes.meant_code
    having count(distinct codes.printed_code) = 1
),

gathered as (
    select * from of_identities
    union all by name
    select
        observed.*,
        case when observed.suspected_amount_id is not null then observed.places[1] end as suspected_place,
        rules.kind as cause_kind,
        coalesce(
            misprinted_codes.cause_id, 'C-' || left(md5(observed.rule_id || observed.subject_id), 12)
        ) as cause_id,
        rules.kind,
        rules.severity
    from observed
    inner join {{ ref('finding_rules') }} as rules on observed.rule_id = rules.rule_id
    inner join {{ ref('int_identified_documents') }} as documents on observed.document_id = documents.document_id
    left join misprinted_codes
        on
            observed.document_id = misprinted_codes.document_id
            and observed.suggested_text = misprinted_codes.meant_code
            and rules.kind = 'code'
    -- what is missing in a blank set of forms is no finding: that it is blank is
    where not documents.is_template or observed.rule_id = 'document.template'
)

select
    'F-' || left(md5(gathered.rule_id || gathered.subject_id), 12) as finding_id,
    gathered.document_id,
    gathered.identity_id,
    gathered.rule_id,
    gathered.kind,
    -- a publisher errs in one place or a few; where a form contradicts itself all over, it may be us
    case
        when gathered.severity = 'discrepancy' and contradictory.document_id is not null then 'suspect'
        else gathered.severity
    end as severity,
    gathered.form_key,
    list_filter(gathered.places, place -> place is not null)::bigint[] as places,
    gathered.left_yuan,
    gathered.right_yuan,
    gathered.residual_yuan,
    gathered.tolerance_yuan,
    gathered.message_zh,
    gathered.message_en,
    gathered.suspected_amount_id,
    gathered.suggested_text,
    gathered.cause_id,
    gathered.cause_kind,
    gathered.suspected_place::bigint as suspected_place,
    gathered.slip_kind,
    gathered.evidence,
    gathered.acknowledged_because,
    coalesce(disclosures.superseded_by is not null, false) as is_superseded,
    gathered.subject_id
from gathered
left join {{ ref('int_disclosures') }} as disclosures on gathered.document_id = disclosures.document_id
left join {{ ref('int_contradictory_forms') }} as contradictory
    on gathered.document_id = contradictory.document_id and gathered.form_key = contradictory.form_key
-- what one edition prints wrong, the others do: it is said once, and how they differ with it
where disclosures.edition_of is null or gathered.kind = 'edition'
