-- Forms whose lists print neither codes nor numbers, but items of several depths: which of them are parts of which,
-- nobody can tell, so no sum over their rows can be asked. That an item is no class, its official name says.
with names as (
    select
        name,
        min(length(code)) as digits
    from {{ ref('function_codes') }}
    group by name
    union all
    select
        name,
        min(length(code)) as digits
    from {{ ref('economic_codes') }}
    group by name
)

select
    lines.form_id,
    min(lines.document_id) as document_id
from {{ ref('stg_lines') }} as lines
left join names on lines.label_plain = names.name
where lines.side_key in ('function', 'economic') and lines.row_kind = 'item' and lines.line_key is null
group by lines.form_id
having
    count(*) filter (lines.code is not null or lines.outline_level is not null) = 0
    and min(names.digits) = 3
    and max(names.digits) > 3
