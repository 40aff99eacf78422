-- How the lines of a form hang together: parents by code, by numbering, by unit or by what is known to be divided, and
-- what a line is to its form.
-- A list may go on in the next of several tables side by side: under the same headers, and without a total before it.
with headers as (
    select
        form_id,
        side_no,
        string_agg(column_path, '|' order by col_no) as header
    from {{ ref('stg_columns') }}
    group by form_id, side_no
),

sides as (
    select
        lines.form_id,
        lines.side_no,
        min(lines.side_key) || '|' || coalesce(min(headers.header), '') as kind,
        bool_or(lines.row_kind in ('total', 'subtotal')) as has_total
    from {{ ref('stg_lines') }} as lines
    left join headers on lines.form_id = headers.form_id and lines.side_no = headers.side_no
    group by lines.form_id, lines.side_no
),

begun as (
    select
        form_id,
        side_no,
        coalesce(lag(kind) over of_form, '') != kind or lag(has_total) over of_form as is_new
    from sides
    window of_form as (partition by form_id order by side_no)
),

lists as (
    select
        form_id,
        side_no,
        count(*) filter (is_new) over (partition by form_id order by side_no) as list_no
    from begun
),

-- A row of a unit in a list by codes: it has the name of the publisher, or a code that is as long as those of units.
unit_rows as (
    select stg_lines.line_id
    from {{ ref('stg_lines') }} as stg_lines
    left join {{ ref('stg_documents') }} as documents on stg_lines.document_id = documents.document_id
    where
        stg_lines.row_kind = 'item'
        and stg_lines.outline_level is null
        and stg_lines.side_key in ('function', 'economic', 'economic_government', 'item')
        and (
            length(stg_lines.code) = 6
            or length(stg_lines.code) > 7
            or length(stg_lines.label_plain) > 3
            and (
                ends_with(documents.publisher_name, stg_lines.label_plain)
                or regexp_matches(stg_lines.label_plain, '^.{4,}(?:本级|机关|本部)$')
                and contains(
                    documents.publisher_name, regexp_replace(stg_lines.label_plain, '[(（]?(?:本级|机关|本部)[)）]?$', '')
                )
            )
        )
),

lines as (
    select
        stg_lines.*,
        lists.list_no,
        unit_rows.line_id is not null as is_unit_row,
        -- what stands below a row of a unit, up to the next, is of that unit
        count(unit_rows.line_id) over (
            partition by stg_lines.form_id, stg_lines.side_no
            order by stg_lines.row_no
        ) as block_no,
        stg_lines.side_no * 100000 + stg_lines.row_no as place,
        -- what tells two printings of one row from two rows
        concat_ws(
            '|',
            stg_lines.form_id,
            stg_lines.side_no,
            coalesce(stg_lines.label_plain, ''),
            coalesce(stg_lines.code, ''),
            coalesce(stg_lines.economic_code_government, '')
        ) as printing,
        stg_lines.row_kind = 'item' and coalesce(stg_lines.line_key, '') != 'carry' as is_item,
        -- the code that a list is ordered by: one of 政府预算经济分类 has no other beside it
        coalesce(stg_lines.code, stg_lines.economic_code_government) as list_code
    from {{ ref('stg_lines') }} as stg_lines
    inner join lists on stg_lines.form_id = lists.form_id and stg_lines.side_no = lists.side_no
    left join unit_rows on stg_lines.line_id = unit_rows.line_id
),

code_prefixes as (
    select
        line_id,
        form_id,
        side_no,
        side_key,
        block_no,
        unnest([left(list_code, 5), left(list_code, 3)]) as prefix,
        list_code
    from lines
    where
        is_item
        and not is_unit_row
        and outline_level is null
        and side_key in ('function', 'economic', 'economic_government', 'item')
),

coded as (
    select
        line_id,
        document_id,
        form_id,
        code,
        {{ folded_code_name('label_plain') }} as folded
    from lines
    where is_item and outline_level is null and side_key = 'function' and code is not null
),

-- Projects under the item they are of, each printed with the code of that item, are its parts. The item has the name of
-- the code: by the list, which is not of all years and items, or as another form of the document prints it.
named as (
    select coded.line_id
    from coded
    semi join {{ ref('function_codes') }} as codes
        on coded.code = codes.code and coded.folded = {{ folded_code_name('codes.name') }}
    union
    select coded.line_id
    from coded
    semi join coded as elsewhere
        on
            coded.document_id = elsewhere.document_id
            and coded.form_id != elsewhere.form_id
            and coded.code = elsewhere.code
            and coded.folded = elsewhere.folded
),

details as (
    select
        details.line_id,
        arg_max(items.line_id, items.row_no) as parent_line_id
    from lines as details
    inner join lines as items
        on
            details.form_id = items.form_id
            and details.side_no = items.side_no
            and details.code = items.code
            and details.block_no = items.block_no
            and details.row_no > items.row_no
    semi join named on items.line_id = named.line_id
    semi join coded on details.line_id = coded.line_id
    anti join named as named_too on details.line_id = named_too.line_id
    group by details.line_id
),

parents_by_code as (
    select
        children.line_id,
        'code' as parent_kind,
        -- a list that goes on in the next of several tables side by side has its parent in the one before
        arg_max(
            parents.line_id,
            length(parents.list_code) * 10000000
            + case when children.side_no = parents.side_no then 1000000 else 0 end
            - parents.side_no * 10000 - parents.row_no
        ) as parent_line_id
    from code_prefixes as children
    inner join lines as parents
        on
            children.form_id = parents.form_id
            and children.side_key = parents.side_key
            and children.side_no >= parents.side_no
            and (children.side_no != parents.side_no or children.block_no = parents.block_no)
            and children.prefix = parents.list_code
    anti join details on children.line_id = details.line_id
    where parents.is_item and not parents.is_unit_row and length(parents.list_code) < length(children.list_code)
    group by children.line_id
    union all
    select
        line_id,
        'code' as parent_kind,
        parent_line_id
    from details
),

divisions as (
    select
        division,
        max(part_no) as part_count
    from {{ ref('row_divisions') }}
    group by division
),

named_lines as (
    select
        *,
        regexp_replace(
            regexp_replace(label_plain, '\s', '', 'g'),
            '(?:费用?|经费|支出|预算数?|决算数?|合计数?|小计|总计|总额|\(合计\))+$',
            ''
        ) as bare_label
    from lines
),

-- What is known to be divided, with all its parts right below it: they are its parts without a numbering, and where
-- the first alone is called 其中. Then what is divided into these, which have their own parts below them.
inner_parents as (
    {{ parents_by_division('named_lines') }}
),

undivided_lines as (
    select named_lines.*
    from named_lines
    anti join inner_parents on named_lines.line_id = inner_parents.line_id
),

outer_parents as (
    {{ parents_by_division('undivided_lines') }}
),

parents_by_division as (
    select * from inner_parents
    union all
    select * from outer_parents
),

parents_by_outline as (
    select
        children.line_id,
        case
            when min(children.side_key) in ('unit', 'unit_project', 'purchase') then 'unit'
            else 'outline'
        end as parent_kind,
        arg_max(parents.line_id, parents.place) as parent_line_id
    from lines as children
    inner join lines as parents
        on
            children.form_id = parents.form_id
            and children.list_no = parents.list_no
            and children.place > parents.place
            and children.outline_level > parents.outline_level
    anti join parents_by_division on children.line_id = parents_by_division.line_id
    -- what is carried over has parts of its own, too, and a total that is numbered those that are numbered below it
    where children.is_item and parents.row_kind in ('item', 'total', 'subtotal')
    group by children.line_id
),

-- a unit has what stands below its row and has no parent there; a department has its units, whose codes begin with its
-- own
parents_by_unit as (
    select
        children.line_id,
        'unit' as parent_kind,
        arg_max(units.line_id, units.row_no) as parent_line_id
    from lines as children
    inner join lines as units
        on
            children.form_id = units.form_id
            and children.side_no = units.side_no
            and units.is_unit_row
            and children.row_no > units.row_no
    anti join parents_by_code on children.line_id = parents_by_code.line_id
    anti join parents_by_division on children.line_id = parents_by_division.line_id
    where
        children.is_item
        and children.outline_level is null
        and case
            when children.is_unit_row
                then length(children.code) > length(units.code) and starts_with(children.code, units.code)
            else children.block_no = units.block_no
        end
    group by children.line_id
),

parents as (
    select * from parents_by_code
    union all
    select * from parents_by_division
    union all
    select * from parents_by_outline
    union all
    select * from parents_by_unit
),

first_printings as (
    select
        printing,
        arg_min(line_id, row_no) as line_id
    from lines
    where row_kind != 'repeat'
    group by printing
),

parent_lines as (
    select
        parent_line_id,
        min(parent_kind) as child_kind
    from parents
    group by parent_line_id
),

repeated_lines as (
    select distinct first_printings.line_id
    from lines
    inner join first_printings on lines.printing = first_printings.printing
    where lines.row_kind = 'repeat'
)

select
    lines.line_id,
    lines.form_id,
    lines.document_id,
    lines.form_key,
    lines.side_no,
    lines.list_no,
    lines.side_key,
    lines.row_no,
    lines.page_no,
    lines.line_no,
    lines.row_label,
    lines.label_plain,
    lines.row_kind,
    lines.line_key,
    lines.outline_level,
    lines.code,
    lines.economic_code_government,
    lines.detail,
    -- the project that a line is about: a task and a list of projects name it, a form about one project above its rows
    case
        when lines.side_key = 'task' then lines.detail
        when lines.side_key = 'project_funds' then coalesce(forms.subject, lines.detail)
        else lines.label_plain
    end as project_name,
    lines.doubt,
    coalesce(left(lines.economic_code_government, 3), classes.code) as government_class,
    parents.parent_line_id,
    parents.parent_kind,
    above.label_plain as parent_label,
    parent_lines.child_kind,
    case when lines.row_kind = 'repeat' then first_printings.line_id end as repeats_line_id,
    -- a part that is called 其中 is one, too, where it has a parent
    lines.is_item or parents.parent_line_id is not null as is_item,
    lines.is_item and parents.parent_line_id is null as is_top,
    (lines.is_item or parents.parent_line_id is not null) and parent_lines.child_kind is null as is_leaf,
    repeated_lines.line_id is not null as is_repeated,
    parents_by_division.line_id is not null as is_known_part
from lines
left join parents on lines.line_id = parents.line_id
left join lines as above on parents.parent_line_id = above.line_id
left join parents_by_division on lines.line_id = parents_by_division.line_id
left join parent_lines on lines.line_id = parent_lines.parent_line_id
left join first_printings on lines.printing = first_printings.printing
left join repeated_lines on lines.line_id = repeated_lines.line_id
left join {{ ref('stg_forms') }} as forms on lines.form_id = forms.form_id
left join {{ ref('economic_codes') }} as classes
    on
        lines.side_key = classes.classification
        and classes.classification = 'economic_government'
        and length(classes.code) = 3
        and lines.label_plain = classes.name
