-- depends_on: {{ ref('int_document_links') }}
-- The long table of terms: which figure (a printed or blank cell, or one in the prose) stands in which identity,
-- with which weight. The weights times the figures should add up to zero.
with form_figures as (
    select
        cells.*,
        lines.list_no,
        lines.label_plain,
        translate(lines.label_plain, '()', '（）') as item_label,
        lines.line_key,
        lines.parent_label,
        lines.parent_line_id,
        lines.repeats_line_id,
        lines.code,
        lines.economic_code_government,
        lines.government_class,
        lines.detail,
        lines.project_name,
        null as claim_key,
        null as claim_kind,
        null as stated_as,
        null as claim_year,
        1 as direction_sign,
        -- a figure that was recognised in a picture may be misread, however sure the recognition was
        lines.doubt is not null or cells.doubt is not null as is_doubtful,
        roles.line_role
    from {{ ref('int_cells') }} as cells
    inner join {{ ref('int_lines') }} as lines on cells.line_id = lines.line_id
    inner join {{ ref('int_line_roles') }} as roles on cells.line_id = roles.line_id
),

claim_figures as (
    select
        claims.claim_id as cell_id,
        claims.claim_id as line_id,
        claims.document_id,
        'narrative' as form_key,
        claims.claim_id as amount_id,
        claims.amount_text,
        claims.unit,
        -- what names nothing is of what its chapter is about
        coalesce(claims.subject, string_split(claims.section, ' / ')[1]) as row_label,
        claims.page_no,
        claims.line_no,
        case when claims.amount_yuan is null then 'unit_missing' else 'printed' end as cell_state,
        coalesce(claims.amount_yuan, 0)::decimal(20, 2) as value_yuan,
        coalesce(claims.last_digit_yuan, 0)::decimal(20, 2) as last_digit_yuan,
        claims.section,
        claims.paragraph_no,
        claims.subject_plain as label_plain,
        claims.item_label,
        nullif(regexp_extract(claims.subject_plain, '([^（）]+)（款）', 1), '') as parent_label,
        -- a project has a chapter of its own, which ends with what is planned for it
        case claims.claim_key
            when 'project_budget'
                then nullif(trim(regexp_extract(claims.section, '([^/]+?)(?:经费|资金)(?:安排)?情况说明', 1)), '')
            else claims.subject_plain
        end as project_name,
        coalesce(in_prose.claim_key, claims.claim_key) as line_key,
        claims.code,
        case when claims.claim_key = 'government_class' then claims.code end as government_class,
        coalesce(in_prose.claim_key, claims.claim_key) as claim_key,
        claims.kind as claim_kind,
        claims.stated_as,
        claims.claim_year,
        -- what an item cost is often said in front of its budget, too, and its budget in two versions: a sum of the
        -- items takes one of them
        coalesce(
            (claims.stated_as is null and bool_or(claims.stated_as = 'actual') over of_item)
            or (claims.budget_version = 'adjusted_budget' and bool_or(claims.budget_version = 'budget') over of_item),
            false
        ) as is_said_otherwise,
        case when claims.direction = 'down' then -1 else 1 end as direction_sign,
        claims.confidence is not null as is_doubtful,
        true as is_own,
        'claim' as line_role
    from {{ ref('int_claims') }} as claims
    -- some words (支出合计) mean either of two wholes: that which a form states
    left join {{ ref('int_stated_in_prose') }} as in_prose
        on claims.claim_id = in_prose.claim_id and claims.other_key = in_prose.claim_key
    where claims.claim_key is not null and claims.kind in ('level', 'change')
    window of_item as (
        partition by claims.document_id, claims.paragraph_no, claims.subject_plain, claims.kind, claims.claim_year
    )
),

figures as (
    select * from form_figures
    union all by name
    select * from claim_figures
),

-- labels that name a kind of the money that is appropriated
rows_of_funds as (
    select labels.label_plain
    from (select distinct lines.label_plain from {{ ref('int_lines') }} as lines) as labels
    semi join {{ ref('coordinate_words') }} as words
        on
            words.place = 'row'
            and words.dimension = 'fund'
            and words.value in ('general_public', 'government_fund', 'state_capital', 'fiscal_appropriation')
            and regexp_matches(labels.label_plain, words.pattern)
),

candidates as (
    select
        terms.rule_id,
        terms.term_no,
        terms.sign,
        terms.is_required,
        terms.is_each,
        -- no more of the figure than its name: these rows are many, and what is said of it joins the terms found
        figures.cell_id,
        figures.direction_sign,
        figures.is_doubtful,
        -- what holds the terms of one identity together
        case terms.match_on
            when 'line' then [figures.line_id]
            when 'cell' then [figures.line_id || 'C' || figures.column_rank]
            when 'column' then case when figures.is_whole_of_row then [figures.line_id || 'C' || figures.col_no] end
            when 'column_whole' then [figures.line_id || 'C' || figures.part_of_col]
            when 'parent_cell' then [figures.parent_line_id || 'C' || figures.column_rank]
            when 'repeated_cell' then [figures.repeats_line_id || 'C' || figures.column_rank]
            when 'side_column' then [concat_ws('|', figures.form_id, figures.list_no, figures.column_rank)]
            when 'form_fund' then [concat_ws('|', figures.form_id, figures.fund)]
            when 'document' then [documents.reconciled_as]
            when 'document_measure' then [concat_ws('|', documents.reconciled_as, figures.measure)]
            when
                'document_code'
                then [
                    documents.reconciled_as || '|' || figures.code
                    || coalesce('/' || figures.economic_code_government, '')
                ]
            when 'document_any_code' then [documents.reconciled_as || '|' || figures.code]
            when 'document_label' then [documents.reconciled_as || '|' || figures.item_label]
            -- a row that names no kind of money may be a total that nobody knows, of other money in each form
            when
                'document_fund_label'
                then case
                    when funds.label_plain is not null then [documents.reconciled_as || '|' || figures.item_label]
                end
            when
                'document_parent_label'
                then [concat_ws('|', documents.reconciled_as, coalesce(figures.parent_label, ''), figures.label_plain)]
            when
                'document_item_path'
                then [
                    documents.reconciled_as || '|' || translate(figures.parent_label, '()', '（）')
                    || '|' || figures.item_label
                ]
            when 'document_government_class' then [documents.reconciled_as || '|' || figures.government_class]
            when
                'document_project'
                then list_distinct(list_transform(
                    {{ project_names('figures') }}, name -> documents.reconciled_as || '|' || name
                ))
            when 'paragraph' then [figures.document_id || '|' || figures.paragraph_no]
            when
                'chapter'
                then [figures.document_id || '|' || {{ chapter('figures.section') }}]
            when
                'year_unit'
                -- of several editions of a department only one lists its units
                then case
                    when documents.publisher_name is not null
                        then [
                            concat_ws('|', documents.stage, documents.fiscal_year) || '|' || case
                                when terms.document_role = 'unit' then documents.publisher_name
                                else figures.label_plain
                            end
                        ]
                end
            when
                'own_unit_cell'
                then [
                    documents.publisher_own_units || '|' || figures.form_key || '|' || concat_ws(
                        '|',
                        figures.side_key,
                        coalesce(figures.code, concat_ws('/', figures.parent_label, figures.label_plain)),
                        figures.measure,
                        figures.fund
                    )
                ]
            when 'publisher_year' then [documents.publisher_year]
            when 'publisher_year_item' then [documents.publisher_year || '|' || figures.item_label]
            when 'publisher_stage_year' then [documents.publisher_stage_year]
            when 'publisher_stage_next_year' then [documents.publisher_stage_next_year]
        end as match_keys
    from figures
    inner join {{ ref('int_documents') }} as documents on figures.document_id = documents.document_id
    left join rows_of_funds as funds on figures.label_plain = funds.label_plain
    inner join {{ ref('int_rule_terms') }} as terms
        on
            coalesce(figures.form_key, '{{ var("unnamed_form") }}') = terms.form_key
            and (figures.is_own or terms.is_of_any_form)
            -- the rules of forms are those of departments and units, and so is what a grand total consists of
            and (
                documents.document_role != 'government'
                or terms.is_of_any_form
                and coalesce(terms.line_key, '') != 'grand_total'
            )
            and figures.line_role = terms.line_role
            and coalesce(figures.side_key = terms.side_key, true)
            and coalesce(terms.line_key = coalesce(figures.line_key, ''), true)
            and coalesce(terms.label = coalesce(figures.label_plain, ''), true)
            and coalesce(terms.parent_label = coalesce(figures.parent_label, ''), true)
            and coalesce(terms.detail = coalesce(figures.detail, ''), true)
            and coalesce(terms.code_digits = coalesce(length(figures.code), 0), true)
            and coalesce(terms.measure = coalesce(figures.measure, ''), true)
            and coalesce(terms.fund = coalesce(figures.fund, ''), true)
            and coalesce(documents.stage = terms.stage, true)
            and coalesce(documents.document_role = terms.document_role, true)
            and coalesce(figures.claim_kind = terms.claim_kind, true)
            and coalesce(terms.claim_year = coalesce(figures.claim_year, ''), true)
            and case terms.stated_as
                when 'actual' then coalesce(figures.stated_as, '') != 'budgeted'
                when 'printed_actual' then coalesce(figures.stated_as, '') = 'actual'
                when 'budgeted' then coalesce(figures.stated_as, '') = 'budgeted'
                else true
            end
            and not (terms.is_many and coalesce(figures.is_said_otherwise, false))
),

keyed as (
    select
        * exclude (match_keys),
        unnest(match_keys) as match_key
    from candidates
),

-- a term that makes an identity of its own takes the others with it
each_term as (
    select
        rule_id,
        match_key,
        cell_id as each_cell_id
    from keyed
    where is_each and match_key is not null
),

each_rules as (
    select distinct rule_id
    from {{ ref('int_rule_terms') }}
    where is_each
),

matched as (
    select
        keyed.*,
        keyed.rule_id || ':' || keyed.match_key as identity_id
    from keyed
    anti join each_rules on keyed.rule_id = each_rules.rule_id
    where keyed.match_key is not null
    union all by name
    select
        keyed.*,
        keyed.rule_id || ':' || each_term.each_cell_id as identity_id
    from keyed
    inner join each_term
        on
            keyed.rule_id = each_term.rule_id
            and keyed.match_key = each_term.match_key
            and (not keyed.is_each or keyed.cell_id = each_term.each_cell_id)
    -- two names of one project may meet in several ways
    qualify row_number() over (
        partition by keyed.rule_id, each_term.each_cell_id, keyed.term_no, keyed.cell_id
        order by keyed.match_key
    ) = 1
),

-- what the terms say of their figures
described as (
    select
        cells.cell_id,
        cells.document_id,
        cells.form_id,
        cells.form_key,
        cells.line_id,
        cells.amount_id,
        cells.amount_text,
        cells.unit,
        cells.measure,
        cells.row_label,
        cells.page_no,
        cells.line_no,
        cells.cell_state,
        cells.value_yuan,
        cells.last_digit_yuan,
        cells.doubt
    from {{ ref('int_cells') }} as cells
    union all by name
    select
        claim_id as cell_id,
        document_id,
        'narrative' as form_key,
        claim_id as line_id,
        claim_id as amount_id,
        amount_text,
        unit,
        -- what names nothing is of what its chapter is about
        coalesce(subject, string_split(section, ' / ')[1]) as row_label,
        page_no,
        line_no,
        case when amount_yuan is null then 'unit_missing' else 'printed' end as cell_state,
        coalesce(amount_yuan, 0)::decimal(20, 2) as value_yuan,
        coalesce(last_digit_yuan, 0)::decimal(20, 2) as last_digit_yuan
    from {{ ref('int_claims') }}
    where kind in ('level', 'change')
    union all by name
    -- changes are in no sum with what they are the changes of
    select
        changes.line_id || 'C' || changes.col_no as cell_id,
        changes.document_id,
        changes.form_id,
        changes.form_key,
        changes.line_id,
        changes.amount_id,
        changes.amount_text,
        changes.unit,
        changes.row_label,
        changes.page_no,
        changes.line_no,
        case when changes.amount_yuan is null then 'unit_missing' else 'printed' end as cell_state,
        coalesce(changes.amount_yuan, 0)::decimal(20, 2) as value_yuan,
        coalesce(changes.last_digit_yuan, 0)::decimal(20, 2) as last_digit_yuan,
        changes.doubt
    from {{ ref('stg_amounts') }} as changes
    where
        changes.line_id || 'C' || changes.col_no in (
            select of_rows.change_cell_id
            from {{ ref('int_stated_changes') }} as of_rows
        )
),

-- the figures that equations of the prose are made of: claims, and the cells of self-evaluations
equation_figures as (
    select
        claim_id as cell_id,
        document_id,
        null as form_id,
        'narrative' as form_key,
        claim_id as line_id,
        claim_id as amount_id,
        amount_text,
        unit,
        null as measure,
        subject as row_label,
        page_no,
        line_no,
        case when amount_yuan is null then 'unit_missing' else 'printed' end as cell_state,
        coalesce(amount_yuan, 0)::decimal(20, 2) as value_yuan,
        coalesce(last_digit_yuan, 0)::decimal(20, 2) as last_digit_yuan
    from {{ ref('int_claims') }}
    union all by name
    select
        cell_id,
        document_id,
        form_id,
        form_key,
        line_id,
        amount_id,
        amount_text,
        unit,
        measure,
        row_label,
        page_no,
        line_no,
        cell_state,
        value_yuan,
        last_digit_yuan,
        doubt
    from {{ ref('int_cells') }}
    where
        cell_id in (select equations.part_id from {{ ref('int_claim_equations') }} as equations)
        or cell_id in (
            select unnest(list_transform(equations.figures, figure -> figure.cell_id))
            from {{ ref('int_claim_equations') }} as equations
        )
),

equations as (
    select
        equations.rule_id,
        equations.rule_id || ':' || equations.claim_id as identity_id,
        equations.part_id,
        equations.rate_id,
        equations.figures,
        coalesce(rates.rate_percent / 100, 1)::decimal(18, 6) as rate,
        rates.last_digit_percent
    from {{ ref('int_claim_equations') }} as equations
    left join {{ ref('int_claims') }} as rates on equations.rate_id = rates.claim_id
),

equation_bases as (
    select
        equations.rule_id,
        equations.identity_id,
        equations.rate_id,
        equations.rate,
        equations.last_digit_percent,
        unnest(equations.figures) as figure
    from equations
),

equation_parts as (
    select
        * exclude (figure),
        struct_extract(figure, 'cell_id') as cell_id,
        struct_extract(figure, 'factor') as factor,
        struct_extract(figure, 'plain') as plain
    from equation_bases
),

-- a rate of nothing: what has no year before it grew by no rate that can be recomputed
rates_of_nothing as (
    select bases.identity_id
    from equation_parts as bases
    inner join equation_figures as figures on bases.cell_id = figures.cell_id
    where bases.rate_id is not null
    group by bases.identity_id
    having sum(bases.factor * figures.value_yuan) = 0 and bool_and(figures.cell_state = 'printed')
),

equation_terms as (
    select
        equations.rule_id,
        equations.identity_id,
        1 as term_no,
        1 as sign,
        1::decimal(18, 6) as weight,
        figures.*
    from equations
    inner join equation_figures as figures on equations.part_id = figures.cell_id
    anti join rates_of_nothing on equations.identity_id = rates_of_nothing.identity_id
    union all by name
    select
        bases.rule_id,
        bases.identity_id,
        2 as term_no,
        -1 as sign,
        (-bases.plain - bases.rate * bases.factor)::decimal(18, 6) as weight,
        figures.*
    from equation_parts as bases
    inner join equation_figures as figures on bases.cell_id = figures.cell_id
    anti join rates_of_nothing on bases.identity_id = rates_of_nothing.identity_id
    union all by name
    -- the rate itself: what it contributes is in the terms it multiplies, but its own rounding counts
    select
        bases.rule_id,
        bases.identity_id,
        3 as term_no,
        -1 as sign,
        min(rates.amount_text) as amount_text,
        min(rates.claim_id) as cell_id,
        min(rates.claim_id) as line_id,
        min(rates.claim_id) as amount_id,
        min(rates.document_id) as document_id,
        'narrative' as form_key,
        min(rates.unit) as unit,
        min(rates.subject) as row_label,
        min(rates.page_no) as page_no,
        min(rates.line_no) as line_no,
        'printed' as cell_state,
        min(rates.rate_percent)::decimal(20, 2) as value_yuan,
        min(bases.last_digit_percent) as last_digit_percent,
        (-sum(bases.factor * figures.value_yuan) / 100)::decimal(18, 6) as weight
    from equation_parts as bases
    inner join equation_figures as figures on bases.cell_id = figures.cell_id
    inner join {{ ref('int_claims') }} as rates on bases.rate_id = rates.claim_id
    anti join rates_of_nothing on bases.identity_id = rates_of_nothing.identity_id
    group by bases.rule_id, bases.identity_id
),

weighed_terms as (
    select
        *,
        -- what is cut off is more than what is printed; a share, or the last of two decimals, may be nudged either way
        rule_id = 'claims.share'
        or coalesce(last_digit_percent < 0.1, true)
        or (
            weight * sum(case when term_no < 3 then weight * value_yuan end) over (partition by identity_id) < 0
        ) = (value_yuan >= 0) as is_cut_off
    from equation_terms
)

select
    matched.identity_id,
    matched.rule_id,
    matched.term_no,
    matched.sign,
    matched.is_required,
    figures.document_id,
    figures.form_id,
    figures.form_key,
    figures.line_id,
    figures.cell_id,
    figures.amount_id,
    figures.amount_text,
    figures.unit,
    figures.measure,
    figures.row_label,
    figures.page_no,
    figures.line_no,
    figures.cell_state,
    figures.value_yuan,
    (matched.sign * matched.direction_sign)::decimal(18, 6) as weight,
    (matched.sign * matched.direction_sign * figures.value_yuan)::decimal(20, 2) as contribution_yuan,
    figures.last_digit_yuan,
    {{ rounding('figures.last_digit_yuan') }} as rounding_yuan,
    0::decimal(20, 4) as cut_off_yuan,
    matched.is_doubtful,
    figures.doubt
from matched
inner join described as figures on matched.cell_id = figures.cell_id
union all
select
    identity_id,
    rule_id,
    term_no,
    sign,
    true as is_required,
    document_id,
    form_id,
    form_key,
    line_id,
    cell_id,
    amount_id,
    amount_text,
    unit,
    measure,
    row_label,
    page_no,
    line_no,
    cell_state,
    value_yuan,
    weight,
    case when term_no = 3 then 0 else round(weight * value_yuan, 2) end::decimal(20, 2) as contribution_yuan,
    coalesce(last_digit_percent, last_digit_yuan)::decimal(20, 2) as last_digit_yuan,
    case
        when last_digit_percent is null then round(abs(weight) * {{ rounding('last_digit_yuan') }}, 4)
        -- of two decimals of 18 digits DuckDB makes one of 18, too few for a percentage of a thousand million yuan
        else round(abs(weight)::decimal(26, 6) * last_digit_percent / 2, 4)
    end::decimal(20, 4) as rounding_yuan,
    -- a rate is often cut off instead of rounded, or nudged so that shares come to 100: as much again
    -- (one time more or less than it is, is no rounding: 增长4倍 for 是4倍)
    case
        when not is_cut_off then 0
        else coalesce(
            round(
                abs(weight)::decimal(26, 6) * last_digit_percent * case when unit = '倍' then 0.49 else 0.5 end, 4
            ), 0
        )
    end::decimal(20, 4) as cut_off_yuan,
    doubt is not null as is_doubtful,
    doubt
from weighed_terms
union all
select
    generic.identity_id,
    generic.rule_id,
    generic.term_no,
    generic.sign,
    true as is_required,
    figures.document_id,
    figures.form_id,
    figures.form_key,
    figures.line_id,
    figures.cell_id,
    figures.amount_id,
    figures.amount_text,
    figures.unit,
    figures.measure,
    figures.row_label,
    figures.page_no,
    figures.line_no,
    figures.cell_state,
    figures.value_yuan,
    generic.sign::decimal(18, 6) as weight,
    (generic.sign * figures.value_yuan)::decimal(20, 2) as contribution_yuan,
    figures.last_digit_yuan,
    {{ rounding('figures.last_digit_yuan') }} as rounding_yuan,
    generic.cut_off_yuan,
    generic.is_doubtful,
    figures.doubt
from {{ ref('int_generic_terms') }} as generic
inner join described as figures on generic.cell_id = figures.cell_id
