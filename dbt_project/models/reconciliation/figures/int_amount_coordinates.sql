-- What each printed amount is of, one column a dimension, as far as its form, column and row say so; what they do not
-- say is unknown (NULL). 'all' is written only where the form says it: a total, or a form without that axis.
with titles as (
    select
        forms.form_id,
        nullif(arg_min(words.value, words.rank) filter (words.dimension = 'flow'), 'mixed') as flow,
        arg_min(words.value, words.rank) filter (words.dimension = 'spending_kind') as spending_kind
    from {{ ref('stg_forms') }} as forms
    inner join {{ ref('coordinate_words') }} as words
        on words.place = 'title' and regexp_matches(regexp_replace(forms.printed_title, '\s', '', 'g'), words.pattern)
    where forms.form_key is null
    group by forms.form_id
),

labels as (
    select distinct label_plain
    from {{ ref('int_lines') }}
    where code is null and label_plain is not null
),

rows_said as materialized (
    select
        labels.label_plain,
        arg_min(words.value, words.rank) filter (words.dimension = 'flow') as flow,
        arg_min(words.value, words.rank) filter (words.dimension = 'fund') as fund,
        arg_min(words.value, words.rank) filter (words.dimension = 'spending_kind') as spending_kind,
        arg_min(words.value, words.rank) filter (words.dimension = 'subject') as subject,
        arg_min(words.value, words.rank) filter (words.dimension = 'total') as total
    from labels
    inner join {{ ref('coordinate_words') }} as words
        on words.place = 'row' and regexp_matches(labels.label_plain, words.pattern)
    group by labels.label_plain
),

columns_with_money as (
    select distinct
        form_id,
        side_no,
        col_no
    from {{ ref('stg_amounts') }}
    where amount_kind = 'number' and coalesce(amount_yuan != 0, true)
),

-- what stands beside the amounts of a side says what its total is of
sides as (
    select
        columns.form_id,
        columns.side_no,
        bool_or(measures.flow = 'expenditure' and measures.part_of is not null) as has_spending,
        bool_or(columns.measure in ('basic', 'project')) as has_basic_or_project,
        -- a column that nobody understood may be one of balances, where it has money
        bool_or(
            amounts.form_id is not null
            and (
                columns.measure is null
                or columns.fund in ('carry_in', 'account_balance', 'non_fiscal_balances')
                or columns.measure = 'carry_in'
            )
        ) as may_have_carry
    from {{ ref('stg_columns') }} as columns
    left join columns_with_money as amounts
        on
            columns.form_id = amounts.form_id
            and columns.side_no = amounts.side_no
            and columns.col_no = amounts.col_no
    left join {{ ref('measures') }} as measures on columns.measure = measures.measure
    group by columns.form_id, columns.side_no
),

class_names as materialized (
    select
        {{ folded_code_name('name') }} as folded,
        'function' as side_key,
        min(code) as code
    from {{ ref('function_codes') }}
    where length(code) = 3
    group by {{ folded_code_name('name') }}
    having count(distinct code) = 1
    union all
    select
        {{ folded_code_name('name') }} as folded,
        classification as side_key,
        min(code) as code
    from {{ ref('economic_codes') }}
    where length(code) = 3
    group by {{ folded_code_name('name') }}, classification
    having count(distinct code) = 1
),

listed_codes as (
    select distinct code
    from {{ ref('function_codes') }}
),

-- A list whose rows have codes says by them what a row is of; one that has none says it by the names of classes. Of
-- rows of which the reader cannot say what they are (item) the codes tell it, or the names of three classes; a list of
-- revenue without codes is by source where two rows name one.
axes as (
    select
        lines.form_id,
        lines.side_no,
        bool_or(lines.code is not null) as has_codes,
        bool_or(bool_or(lines.side_key = 'revenue')) over (partition by lines.form_id) as has_two_sides,
        case
            when min(lines.side_key) != 'item' then min(lines.side_key)
            when count(lines.code) > 0 and count(lines.code) = count(codes.code) then 'function'
            when count(lines.code) = 0 and count(class_names.code) >= 3 then 'function'
            when
                min(form_types.fact) = 'revenue'
                and count(lines.code) = 0
                and count(*) filter (said.fund != 'unknown') >= 2
                then 'revenue'
            else 'item'
        end as axis,
        coalesce(min(form_types.fact) = 'revenue', false) as is_of_revenue,
        bool_or(coalesce(said.flow, lines.line_key, '') in (
            'brought_forward', 'use_of_surplus', 'carried_forward', 'surplus_allocated', 'carry'
        )) as has_balances,
        -- the only row of a form, without a name, is of all that the form is of
        count(*) = 1 and max(lines.label_plain) is null and max(lines.code) is null as is_one_row
    from {{ ref('int_lines') }} as lines
    left join rows_said as said on lines.code is null and lines.label_plain = said.label_plain
    left join {{ ref('stg_forms') }} as forms on lines.form_id = forms.form_id
    left join {{ ref('forms') }} as form_types on forms.form_key = form_types.form_key
    left join class_names
        on class_names.side_key = 'function' and {{ folded_code_name('lines.label_plain') }} = class_names.folded
    left join listed_codes as codes on lines.code = codes.code
    group by lines.form_id, lines.side_no
),

lines as (
    select
        lines.line_id,
        lines.label_plain,
        lines.row_kind,
        axes.axis as side_key,
        lines.line_key,
        lines.economic_code_government,
        lines.project_name,
        coalesce(
            lines.line_key in ('form_total', 'current_total', 'grand_total')
            or said.total = 'of_year'
            or axes.is_one_row,
            false
        ) as is_total,
        -- the total of such a list may be that of the year, or with the balances that the list has, too
        coalesce(
            axes.is_of_revenue
            and not axes.has_two_sides
            and axes.axis = 'revenue'
            and axes.has_balances
            and lines.line_key in ('form_total', 'grand_total')
            and said.total is null,
            false
        ) as may_have_balances,
        coalesce(lines.line_key = 'grand_total', false) as is_grand_total,
        axes.has_two_sides,
        case when axes.has_codes then lines.code else class_names.code end as code,
        case
            when not coalesce(lines.line_key in ('form_total', 'current_total', 'grand_total'), false) then said.flow
        end as row_flow,
        coalesce(above.line_key = 'carry' or lines.line_key = 'carry', false) as is_of_carry,
        above_said.flow as parent_flow,
        -- 其他收入 below 政府性基金 is of the fund; 一般公共预算拨款 below 财政拨款 is a part of it
        case
            when above_said.fund is null or above_said.fund in (said.fund, funds.part_of) then said.fund
        end as row_fund,
        said.spending_kind as row_kind_of_spending,
        said.subject as row_subject
    from {{ ref('int_lines') }} as lines
    inner join axes on lines.form_id = axes.form_id and lines.side_no = axes.side_no
    left join class_names
        on axes.axis = class_names.side_key and {{ folded_code_name('lines.label_plain') }} = class_names.folded
    left join rows_said as said on lines.code is null and lines.label_plain = said.label_plain
    left join {{ ref('int_lines') }} as above on lines.parent_line_id = above.line_id
    left join rows_said as above_said on above.code is null and above.label_plain = above_said.label_plain
    left join {{ ref('funds') }} as funds on said.fund = funds.fund
),

placed as (
    select
        cells.cell_id,
        cells.amount_id,
        cells.document_id,
        cells.form_id,
        cells.side_no,
        cells.col_no,
        cells.form_key,
        cells.is_own,
        cells.measure,
        cells.fund as column_fund,
        cells.form_fund,
        form_types.fact,
        form_types.layout,
        spending_forms.total_means,
        sides.has_spending,
        sides.has_basic_or_project,
        sides.may_have_carry,
        titles.flow as title_flow,
        titles.spending_kind as title_kind,
        measures.flow as measure_flow,
        columns.column_year,
        columns.budget_version,
        documents.fiscal_year,
        documents.stage,
        lines.label_plain,
        lines.row_kind,
        lines.side_key,
        lines.line_key,
        lines.economic_code_government,
        lines.project_name,
        lines.is_total,
        lines.is_grand_total,
        lines.may_have_balances,
        lines.has_two_sides,
        lines.code,
        lines.row_flow,
        lines.is_of_carry,
        lines.parent_flow,
        lines.row_fund,
        lines.row_kind_of_spending,
        lines.row_subject
    from {{ ref('int_cells') }} as cells
    inner join lines on cells.line_id = lines.line_id
    inner join sides on cells.form_id = sides.form_id and cells.side_no = sides.side_no
    inner join {{ ref('stg_columns') }} as columns
        on cells.form_id = columns.form_id and cells.side_no = columns.side_no and cells.col_no = columns.col_no
    inner join {{ ref('int_identified_documents') }} as documents on cells.document_id = documents.document_id
    left join {{ ref('forms') }} as form_types on cells.form_key = form_types.form_key
    left join {{ ref('spending_forms') }} as spending_forms on cells.form_key = spending_forms.form_key
    left join {{ ref('measures') }} as measures on cells.measure = measures.measure
    left join titles on cells.form_id = titles.form_id
    -- 因公出国 left blank beside what the prose says of it: nothing is said to be spent
    where
        cells.amount_id is not null
        or (
            cells.cell_state = 'blank'
            and (
                form_types.fact = 'three_public'
                or (lines.code is null and (lines.side_key = 'revenue' or form_types.fact = 'revenue'))
            )
        )
),

flowing as (
    select
        *,
        case
            when measure = 'income' then 'revenue'
            when measure = 'carry_in' or column_fund in ('carry_in', 'account_balance') then 'brought_forward'
            when measure = 'carry_out' then 'carried_forward'
            when column_fund = 'non_fiscal_balances' then 'use_of_surplus'
            when is_grand_total and fact = 'spending' then 'turnover'
            -- of a form with two sides 总计 may be the total of the year, or with the balances
            when (line_key = 'form_total' and has_two_sides) or may_have_balances then null
            when row_flow is not null then row_flow
            when is_of_carry then parent_flow
            when side_key = 'revenue' then 'revenue'
            -- the total of a list of revenue with a column of balances has them in it
            when fact = 'revenue' and not (may_have_carry and coalesce(column_fund, 'all') = 'all') then 'revenue'
            when fact = 'revenue' then null
            when fact in ('spending', 'three_public', 'procurement', 'projects') then 'expenditure'
            when has_spending then 'expenditure'
            when measure_flow = 'expenditure' then 'expenditure'
            else title_flow
        end as flow
    from placed
),

told as (
    select
        *,
        coalesce(flow in ('brought_forward', 'use_of_surplus', 'carried_forward', 'surplus_allocated'), false)
            as is_balance,
        coalesce(column_fund in ('carry_in', 'account_balance', 'non_fiscal_balances'), false) as is_column_of_balances
    from flowing
)

select
    amount_id,
    cell_id,
    document_id,
    form_id,
    side_no,
    col_no,
    case
        when side_key not in ('unit', 'unit_project') or is_total then 'all'
    end as scope,
    case
        when is_own or column_year = 'current' then fiscal_year
        when column_year = 'previous' then fiscal_year - 1
        when column_year is not null then try_cast(column_year as integer)
        else fiscal_year
    end::bigint as fiscal_year,
    case
        -- 预算数 of final accounts may be the budget as it was adjusted
        when fact = 'three_public' and stage = 'final_accounts' and budget_version = 'budget' then null
        when side_key = 'period' and line_key = 'budgeted' and stage = 'final_accounts' then null
        -- its columns are all the document's own, and name their versions
        when fact = 'three_public' and budget_version = 'adjusted_budget' then budget_version
        when is_own or budget_version is null
            then case stage when 'budget' then 'budget' when 'final_accounts' then 'final' end
        else budget_version
    end as budget_version,
    flow,
    case
        when is_balance and row_fund is null then case when not is_column_of_balances then column_fund end
        when row_fund = 'unknown' then null
        -- the row of a summary says the source, its column at most the whole of them
        when side_key = 'revenue' and not is_total and row_fund is null then null
        when side_key = 'revenue' and not is_total
            then case
                when coalesce(column_fund, form_fund, 'all') in ('all', 'fiscal_appropriation', row_fund) then row_fund
            end
        when side_key in ('item', 'expenditure_kind') and row_fund is not null then null
        else coalesce(column_fund, form_fund)
    end as fund,
    case
        when flow is null then null
        when flow != 'expenditure'
            then case when measure in ('total', 'income', 'carry_in', 'carry_out') then 'total' end
        when side_key = 'expenditure_kind' and not is_total then row_kind_of_spending
        when line_key = 'personnel_total' and measure = 'total' then 'personnel'
        when line_key = 'public_operating_total' and measure = 'total' then 'public_operating'
        when
            measure in (
                'basic', 'personnel', 'public_operating', 'project', 'special_project', 'remittance_up', 'business',
                'affiliate_subsidy'
            )
            then measure
        when fact = 'projects' and measure in ('total', 'project') then 'project'
        when measure = 'total' and total_means = 'total' then 'total'
        when measure = 'total' and total_means = 'basic' then 'basic'
        when measure = 'total' and form_key is null then coalesce(title_kind, 'total')
    end as spending_kind,
    case
        when is_total or is_balance then 'all'
        when side_key = 'function' then code
        when side_key in ('item', 'task', 'project_funds') then null
        else 'all'
    end as function_code,
    case
        when is_total or is_balance or line_key in ('personnel_total', 'public_operating_total') then 'all'
        when side_key = 'economic' then code
        when side_key in ('item', 'task', 'project_funds') then null
        else 'all'
    end as economic_code,
    case
        when is_total or is_balance then 'all'
        when side_key = 'economic_government' then coalesce(code, economic_code_government)
        when side_key in ('item', 'task', 'project_funds') then null
        else coalesce(economic_code_government, 'all')
    end as economic_code_government,
    case
        when
            measure in (
                'three_public', 'overseas_travel', 'official_reception', 'official_vehicles', 'vehicle_purchase',
                'vehicle_operation', 'meetings', 'training', 'agency_operating'
            )
            then measure
        when fact = 'three_public' then row_subject
        when fact = 'procurement' then 'procurement'
        else 'all'
    end as subject,
    case
        when is_total then 'all'
        when layout = 'performance' or fact in ('projects', 'procurement') then project_name
        else 'all'
    end as project,
    -- a total that does not say of what kind is of all kinds, unless figures show otherwise
    coalesce(
        measure = 'total'
        and form_key is null
        and flow = 'expenditure'
        and title_kind is null
        and not has_basic_or_project,
        false
    ) as is_kind_assumed,
    row_kind not in ('memo', 'repeat') and coalesce(layout, 'money_table') = 'money_table' as is_stated_as_such
from told
