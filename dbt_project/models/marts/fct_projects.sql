with

-- In a project form, a row with a code is a unit and stands above its projects.
unit_rows as (
    select
        lines.line_id,
        last_value(lines.code ignore nulls) over above as unit_code,
        last_value(case when lines.code is not null then lines.label_plain end ignore nulls) over above as unit_name
    from {{ ref('stg_lines') }} as lines
    inner join {{ ref('forms') }} as form_types
        on lines.form_key = form_types.form_key and form_types.fact = 'projects'
    window above as (
        partition by lines.form_id, lines.side_no
        order by lines.row_no
        rows between unbounded preceding and current row
    )
),

listed as (
    select
        published.*,
        published.name as project_name,
        unit_rows.unit_code,
        unit_rows.unit_name
    from {{ ref('int_published_amounts') }} as published
    inner join unit_rows on published.line_id = unit_rows.line_id
    where published.is_leaf and published.code is null
),

-- A performance form of which a document may hold several is about one project and states its money at the top.
targeted as (
    select
        published.*,
        forms.subject as project_name,
        cast(null as varchar) as unit_code,
        cast(null as varchar) as unit_name
    from {{ ref('int_published_amounts') }} as published
    inner join {{ ref('stg_forms') }} as forms on published.form_id = forms.form_id
    inner join {{ ref('forms') }} as form_types on published.form_key = form_types.form_key
    where form_types.fact = 'performance' and not form_types.is_unique and not forms.is_template
),

both_kinds as (
    select * from listed
    union all by name
    select * from targeted
)

select
    {{ columns_from('int_published_amounts') }},
    project_name,
    unit_code,
    unit_name
from both_kinds
