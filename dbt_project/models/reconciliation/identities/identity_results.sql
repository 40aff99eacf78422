-- The one query that sums every identity and says holds, breaks, or not asked and why.
with required_terms as (
    select
        rule_id,
        count(distinct term_no) filter (is_required) as required_count,
        bool_and(is_of_any_form) as is_of_any_form,
        -- parts that a form lists by their names alone
        bool_or(match_on = 'side_column') as has_named_parts,
        -- a whole of the prose, whose parts are as many as it names
        bool_or(is_many and form_key = 'narrative' and claim_kind = 'level') as has_many_claims
    from {{ ref('int_rule_terms') }}
    group by rule_id
),

single_terms as (
    select distinct
        rule_id,
        term_no
    from {{ ref('int_rule_terms') }}
    where not is_many
),

-- forms with a part whose name nobody knows
unnamed_parts as (
    select distinct form_id
    from {{ ref('stg_rejects') }}
    where reason_code = 'unknown_label' and form_id is not null
),

-- forms of which rows are missing, so that no sum over their rows can be asked
incomplete_forms as (
    select
        form_id,
        'row_rejected' as because
    from {{ ref('stg_rejects') }}
    where reason_code = 'row_shifted' and form_id is not null
    group by form_id
    union all
    select
        form_id,
        'form_cut_short' as because
    from {{ ref('int_cut_forms') }}
    union all
    select
        form_id,
        'rows_unplaced' as because
    from {{ ref('int_unplaced_forms') }}
),

-- sides whose rows bear codes of functions or economic items
coded_sides as (
    select distinct
        form_id,
        side_no
    from {{ ref('int_lines') }}
    where is_item and code is not null and side_key in ('function', 'economic')
),

-- forms which nobody could name, and the source of money that each is of, where its columns say one
unnamed_forms as (
    select
        forms.document_id,
        case when count(distinct amounts.fund) = 1 then min(amounts.fund) end as fund
    from {{ ref('stg_forms') }} as forms
    inner join {{ ref('stg_amounts') }} as amounts on forms.form_id = amounts.form_id
    where forms.form_key is null
    group by forms.document_id, forms.form_id
),

may_be_of as (
    select
        unnamed_forms.document_id,
        form_types.form_key
    from unnamed_forms
    inner join {{ ref('forms') }} as form_types on unnamed_forms.fund = form_types.fund
    union
    select
        unnamed_forms.document_id,
        form_types.form_key
    from unnamed_forms
    cross join {{ ref('forms') }} as form_types
    where unnamed_forms.fund is null
),

-- a form that a rule can do without: where it is not printed, it is nothing; where nobody could name it, it is unknown
doubtful_rules as (
    select distinct
        may_be_of.document_id,
        rule_terms.rule_id
    from may_be_of
    inner join {{ ref('int_rule_terms') }} as rule_terms
        on may_be_of.form_key = rule_terms.form_key and not rule_terms.is_required
    inner join {{ ref('identities') }} as rules
        on rule_terms.rule_id = rules.rule_id and rules.family in ('cross_form', 'claim_form')
    anti join {{ ref('stg_forms') }} as forms
        on may_be_of.document_id = forms.document_id and may_be_of.form_key = forms.form_key
    union
    -- one that is printed, with money, but without any row of the level that the rule counts
    select
        forms.document_id,
        rule_terms.rule_id
    from {{ ref('stg_forms') }} as forms
    inner join {{ ref('int_rule_terms') }} as rule_terms
        on forms.form_key = rule_terms.form_key and rule_terms.code_digits is not null and not rule_terms.is_required
    semi join {{ ref('stg_amounts') }} as amounts on forms.form_id = amounts.form_id and amounts.amount_yuan != 0
    anti join {{ ref('int_identity_terms') }} as terms
        on
            forms.document_id = terms.document_id
            and rule_terms.rule_id = terms.rule_id
            and rule_terms.term_no = terms.term_no
),

-- forms with figures that nobody sees: what is printed may add up with them alone
unseen_forms as (
    select
        form_id,
        min(reason_code) as doubt
    from {{ ref('stg_rejects') }}
    where reason_code in ('hidden', 'struck') and form_id is not null
    group by form_id
),

required_forms as (
    select distinct
        rule_terms.rule_id,
        rule_terms.term_no,
        rule_terms.form_key
    from {{ ref('int_rule_terms') }} as rule_terms
    inner join {{ ref('identities') }} as rules
        on rule_terms.rule_id = rules.rule_id and rules.family in ('cross_form', 'claim_form')
    where rule_terms.is_required and rule_terms.form_key != 'narrative'
),

-- forms may be published apart from the prose that speaks of them
forms_of_disclosures as (
    select
        documents.reconciled_as,
        forms.form_key,
        bool_or(forms.is_illegible) as is_illegible
    from {{ ref('stg_forms') }} as forms
    inner join {{ ref('int_documents') }} as documents on forms.document_id = documents.document_id
    group by documents.reconciled_as, forms.form_key
),

-- why a cross-form rule finds no figure in a document: all forms that print a term are absent, or one is illegible
forms_of_terms as (
    select
        documents.document_id,
        required_forms.rule_id,
        required_forms.term_no,
        bool_and(forms.form_key is null) as is_absent,
        coalesce(bool_or(forms.is_illegible), false) as is_illegible
    from {{ ref('int_documents') }} as documents
    cross join required_forms
    left join forms_of_disclosures as forms
        on documents.reconciled_as = forms.reconciled_as and required_forms.form_key = forms.form_key
    group by documents.document_id, required_forms.rule_id, required_forms.term_no
),

form_gaps as (
    select
        document_id,
        rule_id,
        case when bool_or(is_absent) then 'form_absent' else 'form_illegible' end as because
    from forms_of_terms
    where is_absent or is_illegible
    group by document_id, rule_id
),

-- what a note says of the form that it stands in, or stands under: that rows are left out, or which money is in it
notes as (
    select
        remarks.kind,
        coalesce(remarks.form_id, arg_max(forms.form_id, {{ printed_place('forms.first_page', 'forms.first_line') }}))
            as form_id
    from {{ ref('stg_remarks') }} as remarks
    inner join {{ ref('stg_forms') }} as forms
        on
            remarks.document_id = forms.document_id
            and {{ printed_place('forms.first_page', 'forms.first_line') }}
            <= {{ printed_place('remarks.page_no', 'remarks.line_no') }}
    where remarks.kind in ('left_out', 'other_money')
    group by remarks.remark_id, remarks.kind, remarks.form_id
),

noted_forms as (
    select
        form_id,
        bool_or(kind = 'left_out') as leaves_out
    from notes
    group by form_id
),

summed as (
    select
        terms.identity_id,
        terms.rule_id,
        -- of a rule between documents, the one that states the whole
        coalesce(min(terms.document_id) filter (terms.term_no = 1), min(terms.document_id)) as document_id,
        min(terms.form_key) filter (terms.form_key != 'narrative') as form_key,
        min(terms.form_id) as form_id,
        -- one bit a term: counting distinct terms is ten times slower
        bit_count(bit_or(case when terms.is_required then 1 << terms.term_no else 0 end)) as required_found,
        bool_or(terms.term_no = 1) as whole_found,
        min(terms.cell_id) filter (terms.term_no = 1) as whole_cell_id,
        count(*) filter (terms.cell_state = 'printed') as printed_count,
        coalesce(bool_or(terms.is_doubtful), false) as is_doubtful,
        -- what was recognised in pictures is in doubt figure by figure: that is weighed where figures are suspected
        coalesce(
            min(terms.doubt) filter (terms.doubt != 'recognised'),
            min(unseen_forms.doubt)
        ) as doubt,
        count(*) filter (terms.cell_state = 'printed' and terms.value_yuan != 0) as nonzero_count,
        count(*) filter (terms.cell_state = 'unit_missing') as unit_missing_count,
        count(*) filter (terms.cell_state = 'rejected') as rejected_count,
        min(incomplete_forms.because) as incomplete_because,
        count(noted_forms.form_id) > 0 as is_noted,
        coalesce(bool_or(noted_forms.leaves_out), false) as leaves_out,
        count(incomplete_rows.identity_id) > 0 as is_incomplete_row,
        coalesce(min(forms.certainty) < 0.8, false) as is_uncertain_form,
        bool_or(forms.form_id is not null and forms.form_key is null) as is_little_known,
        -- a row without a number among numbered ones may be a part of the row above it, or a total that nobody knows;
        -- the whole is kept out here: as a condition of the join it would compare every term with every line
        coalesce(
            bool_or(parts.outline_level % 10 = {{ var('unnumbered_level') }}) filter (terms.term_no > 1), false
        ) as has_unnumbered_part,
        -- and so may one without a code among coded ones
        coalesce(
            bool_or(parts.is_item and parts.code is null and coded_sides.form_id is not null)
            filter (terms.term_no > 1),
            false
        ) as has_uncoded_part,
        max(-terms.contribution_yuan) filter (terms.sign < 0) as largest_part_yuan,
        {{ printed_on_side('terms.sign > 0') }} as left_count,
        {{ printed_on_side('terms.sign < 0') }} as right_count,
        {{ printed_on_side('terms.sign > 0', ['blank', 'dash']) }} as left_numbers,
        {{ printed_on_side('terms.sign < 0', ['blank', 'dash']) }} as right_numbers,
        min(terms.sign) != max(terms.sign) as has_both_sides,
        sum(terms.contribution_yuan)::decimal(20, 2) as residual_yuan,
        sum(terms.rounding_yuan + coalesce(terms.cut_off_yuan, 0))::decimal(20, 3) as tolerance_yuan,
        max(terms.rounding_yuan)::decimal(20, 3) as largest_rounding_yuan,
        sum(terms.contribution_yuan) filter (terms.sign > 0)::decimal(20, 2) as left_yuan,
        (-sum(terms.contribution_yuan) filter (terms.sign < 0))::decimal(20, 2) as right_yuan,
        -- a term that is one figure, for which several are printed: which of them is meant is not known
        count(single_terms.term_no) filter (terms.cell_state = 'printed')
        > bit_count(bit_or(1 << single_terms.term_no) filter (terms.cell_state = 'printed')) as is_ambiguous
    from {{ ref('int_identity_terms') }} as terms
    left join incomplete_forms on terms.form_id = incomplete_forms.form_id
    left join unseen_forms on terms.form_id = unseen_forms.form_id
    left join noted_forms on terms.form_id = noted_forms.form_id
    left join {{ ref('int_incomplete_rows') }} as incomplete_rows on terms.identity_id = incomplete_rows.identity_id
    left join {{ ref('stg_forms') }} as forms on terms.form_id = forms.form_id
    left join {{ ref('int_lines') }} as parts on terms.line_id = parts.line_id
    left join coded_sides on parts.form_id = coded_sides.form_id and parts.side_no = coded_sides.side_no
    left join single_terms on terms.rule_id = single_terms.rule_id and terms.term_no = single_terms.term_no
    group by terms.identity_id, terms.rule_id
    -- an identity between cells that are all blank is no question
    having count(*) filter (terms.cell_state in ('printed', 'unit_missing', 'rejected')) > 0
),

-- why a question that any layout is asked cannot be asked here
generic as (
    select
        identity_id,
        min(not_asked_because) as not_asked_because
    from {{ ref('int_generic_terms') }}
    group by identity_id
),

judged as (
    select
        summed.*,
        case
            when summed.unit_missing_count > 0 then 'unit_missing'
            when summed.rejected_count > 0 then 'term_rejected'
            when generic.not_asked_because is not null then generic.not_asked_because
            when rules.family in ('tree', 'column') and summed.incomplete_because is not null
                then summed.incomplete_because
            -- sums of its own show what a form is; what it is held against rests on its name
            when
                summed.is_uncertain_form
                and not required_terms.is_of_any_form
                and rules.family not in ('row', 'tree', 'column')
                then 'form_uncertain'
            when doubtful_rules.rule_id is not null then 'form_uncertain'
            when
                summed.is_incomplete_row or (required_terms.has_named_parts and unnamed_parts.form_id is not null)
                then 'part_unnamed'
            when summed.required_found < coalesce(required_terms.required_count, 0) or not summed.has_both_sides
                then coalesce(form_gaps.because, 'line_not_printed')
            when summed.is_ambiguous then 'several_lines'
            when rules.condition is not null and conditions_met.document_id is null then 'condition_unmet'
            when
                rules.blank_side = 'not_asked'
                and (
                    summed.left_count = 0
                    or summed.right_count = 0
                    -- dashes may say that something does not apply here: they are no noughts to hold figures against
                    or rules.family = 'tree' and (summed.left_numbers = 0) != (summed.right_numbers = 0)
                )
                then 'side_blank'
            -- what is spent out of a balance may be in one form and not in the other, and in the total of a list or not
            when
                (rules.family in ('cross_form', 'column') or summed.rule_id = 'figure.stated_in_prose')
                and balances.document_id is not null
                and abs(summed.residual_yuan) > summed.tolerance_yuan
                then 'coverage_may_differ'
            -- what is left out, or counted in, is in no sum; that one row adds up is not touched by it
            when
                summed.is_noted
                and (summed.leaves_out or rules.family not in ('tree', 'column'))
                and rules.family != 'row'
                and abs(summed.residual_yuan) > summed.tolerance_yuan
                then 'noted_otherwise'
            -- more is missing than any item that is named: the prose tells of some of them
            when required_terms.has_many_claims and summed.residual_yuan > summed.largest_part_yuan
                then 'list_may_be_partial'
        end as not_asked_because
    from summed
    left join required_terms on summed.rule_id = required_terms.rule_id
    inner join {{ ref('identities') }} as rules on summed.rule_id = rules.rule_id
    left join {{ ref('int_conditions_met') }} as conditions_met
        on summed.document_id = conditions_met.document_id and rules.condition = conditions_met.condition
    left join doubtful_rules
        on summed.document_id = doubtful_rules.document_id and summed.rule_id = doubtful_rules.rule_id
    left join form_gaps
        on summed.document_id = form_gaps.document_id and summed.rule_id = form_gaps.rule_id
    left join generic on summed.identity_id = generic.identity_id
    left join unnamed_parts on summed.form_id = unnamed_parts.form_id
    left join {{ ref('int_balances') }} as balances
        on summed.document_id = balances.document_id and abs(summed.residual_yuan) = balances.value_yuan
    -- within one form, parts without a whole imply no question: a side has either 合计 or 本年合计, not both
    where
        (summed.whole_found or rules.family = 'cross_form')
        -- a partner found by its name alone, or in another document, need not exist
        and (
            rules.without_partner = 'not_asked'
            or (summed.required_found >= coalesce(required_terms.required_count, 0) and summed.has_both_sides)
        )
),

-- within each form, how many sums of its own hold: a form of which most do not is one that we misread
own_sums as (
    select
        judged.identity_id,
        judged.rule_id,
        judged.form_id,
        wholes.side_no,
        wholes.col_no,
        wholes.measure is null as is_unknown_column,
        judged.residual_yuan,
        judged.left_yuan,
        judged.right_yuan,
        judged.right_count,
        required_terms.is_of_any_form,
        (judged.has_unnumbered_part and rules.family = 'tree')
        or (judged.has_uncoded_part and rules.family in ('tree', 'column')) as may_be_no_tree,
        judged.is_uncertain_form,
        judged.is_uncertain_form or judged.is_little_known as is_unsure,
        -- rows that add up along their columns say nothing of how the rows hang together
        rules.family = 'row' as is_along_rows,
        abs(judged.residual_yuan) > judged.tolerance_yuan as is_broken
    from judged
    inner join {{ ref('identities') }} as rules
        on judged.rule_id = rules.rule_id and rules.family in ('row', 'tree', 'column')
    left join required_terms on judged.rule_id = required_terms.rule_id
    left join {{ ref('int_cells') }} as wholes on judged.whole_cell_id = wholes.cell_id
    where judged.not_asked_because is null and judged.nonzero_count > 0
),

-- figures that a sum down their column bears out, and how closely
borne_out as (
    select
        terms.cell_id,
        min(abs(own_sums.residual_yuan)) as apart_yuan
    from own_sums
    inner join {{ ref('int_identity_terms') }} as terms on own_sums.identity_id = terms.identity_id
    where not own_sums.is_broken and not own_sums.is_along_rows
    group by terms.cell_id
),

-- a sum that would hold without one part, whose row has neither code nor number and no name that is known to be of a
-- part: that may be the total of others
with_a_total as (
    select distinct own_sums.identity_id
    from own_sums
    inner join {{ ref('int_identity_terms') }} as terms
        on
            own_sums.identity_id = terms.identity_id
            and terms.term_no > 1
            and own_sums.residual_yuan = terms.contribution_yuan
    inner join {{ ref('int_lines') }} as lines on terms.line_id = lines.line_id
    where
        own_sums.is_broken
        and not own_sums.is_along_rows
        and lines.code is null
        and lines.is_known_part is not true
        and coalesce(lines.outline_level % 10 = {{ var('unnumbered_level') }}, true)
),

-- sums of rows that each bear a code of their own, of one level: none of them holds the others
of_own_codes as (
    select own_sums.identity_id
    from own_sums
    inner join {{ ref('int_identity_terms') }} as terms
        on own_sums.identity_id = terms.identity_id and terms.term_no > 1
    inner join {{ ref('int_lines') }} as lines on terms.line_id = lines.line_id
    where own_sums.is_broken and not own_sums.is_along_rows
    group by own_sums.identity_id
    having
        count(distinct coalesce(lines.code, lines.economic_code_government)) = count(*)
        and count(distinct length(coalesce(lines.code, lines.economic_code_government))) = 1
),

-- two sums by codes that one figure breaks, by as much: it is the figure that is wrong, not how the rows hang together
broken_by_one_figure as (
    select distinct one.identity_id
    from {{ ref('int_identity_terms') }} as one
    inner join own_sums as one_sum on one.identity_id = one_sum.identity_id and one_sum.is_broken
    semi join of_own_codes as one_coded on one.identity_id = one_coded.identity_id
    inner join {{ ref('int_identity_terms') }} as other
        on one.cell_id = other.cell_id and one.identity_id != other.identity_id
    inner join own_sums as other_sum
        on
            other.identity_id = other_sum.identity_id
            and other_sum.is_broken
            and one.sign * one_sum.residual_yuan = other.sign * other_sum.residual_yuan
    semi join of_own_codes as other_coded on other.identity_id = other_coded.identity_id
),

-- a sum along a row that the rows of its form proved, and in which every figure is borne out down its column
contradicted as (
    select own_sums.identity_id
    from own_sums
    inner join {{ ref('int_identity_terms') }} as terms on own_sums.identity_id = terms.identity_id
    -- a sum that is as far apart, if within its rounding, bears nothing out
    left join borne_out
        on terms.cell_id = borne_out.cell_id and borne_out.apart_yuan < abs(own_sums.residual_yuan)
    where own_sums.is_broken and own_sums.is_along_rows and own_sums.is_of_any_form and terms.cell_state = 'printed'
    group by own_sums.identity_id
    having bool_and(borne_out.cell_id is not null)
),

weighed as (
    select
        own_sums.*,
        with_a_total.identity_id is not null as may_hold_a_total,
        contradicted.identity_id is not null as is_contradicted,
        of_own_codes.identity_id is not null as is_of_own_codes,
        broken_by_one_figure.identity_id is not null as is_broken_by_one_figure
    from own_sums
    left join with_a_total on own_sums.identity_id = with_a_total.identity_id
    left join contradicted on own_sums.identity_id = contradicted.identity_id
    left join of_own_codes on own_sums.identity_id = of_own_codes.identity_id
    left join broken_by_one_figure on own_sums.identity_id = broken_by_one_figure.identity_id
),

within_forms as (
    select
        identity_id,
        (is_broken and may_be_no_tree)
        or may_hold_a_total
        or is_contradicted
        -- the parts of the parts were added, too
        or (
            is_broken
            and not is_along_rows
            and not is_of_own_codes
            and right_count > 1
            and left_yuan != 0
            and right_yuan % left_yuan = 0
            and right_yuan / left_yuan between 2 and 4
        )
        -- one slip breaks one row
        or (
            is_broken
            and is_along_rows
            and (is_of_any_form or is_uncertain_form)
            and count(*) filter (is_broken) over of_rule >= 2
        )
        -- of a form or a column that we are not sure of, three sums have to hold before one that does not says anything
        or (
            is_broken
            and is_unsure
            and not is_broken_by_one_figure
            and 4 * count(*) filter (is_broken) over of_form > count(*) over of_form
        )
        or (
            is_broken
            and is_unknown_column
            and not is_along_rows
            and not is_broken_by_one_figure
            and 4 * count(*) filter (is_broken) over of_column > count(*) over of_column
        )
        or (
            count(*) filter (is_broken) over of_rule > count(*) filter (not is_broken) over of_rule
            -- one slip breaks one sum of a kind, or two
            and count(*) filter (is_broken) over of_rule >= 2
            and 4 * count(*) filter (is_broken) over of_form > count(*) over of_form
        ) as is_unclear
    from weighed
    window
        of_rule as (partition by form_id, rule_id),
        of_form as (partition by form_id, is_along_rows),
        of_column as (partition by form_id, side_no, col_no, is_along_rows)
),

-- what a rule of its form asks of a row is not asked again because the rows of the form say the same
wholes_by_form as (
    select distinct terms.cell_id
    from judged
    inner join {{ ref('identities') }} as rules on judged.rule_id = rules.rule_id and rules.family = 'row'
    inner join required_terms on judged.rule_id = required_terms.rule_id and not required_terms.is_of_any_form
    inner join {{ ref('int_identity_terms') }} as terms on judged.identity_id = terms.identity_id and terms.term_no = 1
    where judged.not_asked_because is null
),

asked_again as (
    select distinct judged.identity_id
    from judged
    inner join {{ ref('identities') }} as rules on judged.rule_id = rules.rule_id and rules.family = 'row'
    inner join required_terms on judged.rule_id = required_terms.rule_id and required_terms.is_of_any_form
    inner join {{ ref('int_identity_terms') }} as terms on judged.identity_id = terms.identity_id and terms.term_no = 1
    semi join wholes_by_form on terms.cell_id = wholes_by_form.cell_id
),

-- what a rule of its form holds against the same figure of the prose is not asked again by what it is of
prose_asked_again as (
    select distinct in_prose.identity_id
    from {{ ref('int_stated_in_prose') }} as in_prose
    inner join {{ ref('int_identity_terms') }} as terms on in_prose.claim_id = terms.cell_id
    inner join judged on terms.identity_id = judged.identity_id and judged.not_asked_because is null
    inner join {{ ref('identities') }} as rules on judged.rule_id = rules.rule_id and rules.family = 'claim_form'
    where judged.rule_id != 'figure.stated_in_prose'
),

asked as (
    select
        judged.* exclude (not_asked_because),
        case
            when judged.not_asked_because is not null then judged.not_asked_because
            when within_forms.is_unclear then 'structure_unclear'
        end as not_asked_because
    from judged
    left join within_forms on judged.identity_id = within_forms.identity_id
    anti join asked_again on judged.identity_id = asked_again.identity_id
    anti join prose_asked_again on judged.identity_id = prose_asked_again.identity_id
    anti join {{ ref('int_stated_by_rules') }} as by_rules on judged.identity_id = by_rules.identity_id
    -- figures that are all zero say nothing about a term that is not printed
    where
        judged.not_asked_because is null
        or judged.not_asked_because not in ('line_not_printed', 'form_absent', 'form_illegible')
        or judged.nonzero_count > 0
),

-- the terms of what is asked, apart from the judging: as lists of wide rows they take most of the time and memory
listed as (
    select
        terms.identity_id,
        list(
            struct_pack(
                term_no := terms.term_no,
                document_id := terms.document_id,
                page_no := terms.page_no,
                line_no := terms.line_no,
                sign := terms.sign,
                weight := terms.weight,
                amount_id := terms.amount_id,
                form_key := terms.form_key,
                row_label := terms.row_label,
                measure := terms.measure,
                amount_text := terms.amount_text,
                unit := terms.unit,
                cell_state := terms.cell_state,
                value_yuan := terms.value_yuan
            )
        ) as terms,
        -- in the document of which it is asked; a partner in another document has its places in the terms
        list(coalesce(terms.page_no, terms.line_no)) filter (
            terms.document_id = asked.document_id and terms.cell_state in ('printed', 'unit_missing')
        ) as places
    from asked
    inner join {{ ref('int_identity_terms') }} as terms on asked.identity_id = terms.identity_id
    group by terms.identity_id
)

select
    asked.identity_id,
    asked.rule_id,
    asked.document_id,
    asked.form_key,
    case
        when asked.not_asked_because is not null then 'not_asked'
        when abs(asked.residual_yuan) <= asked.tolerance_yuan then 'holds'
        else 'breaks'
    end as outcome,
    asked.not_asked_because,
    case when asked.not_asked_because is null then asked.left_yuan end as left_yuan,
    case when asked.not_asked_because is null then coalesce(asked.right_yuan, 0) end as right_yuan,
    case when asked.not_asked_because is null then asked.residual_yuan end as residual_yuan,
    case when asked.not_asked_because is null then asked.tolerance_yuan end as tolerance_yuan,
    case when asked.not_asked_because is null then asked.largest_rounding_yuan end as largest_rounding_yuan,
    asked.printed_count,
    asked.is_doubtful or asked.is_uncertain_form as is_doubtful,
    asked.doubt,
    list_sort(listed.terms) as terms,
    coalesce(list_sort(list_distinct(listed.places)), []) as places
from asked
inner join listed on asked.identity_id = listed.identity_id
