{#-
    Of rows with a bare_label, those that are known to be the parts of another (seeds.row_divisions), and that other: all
    its parts follow it, and nothing else stands between. The query reads `divisions`, with the number of parts of each.
-#}
{%- macro parents_by_division(rows) -%}
with ordered as (
        select
            *,
            row_number() over (partition by form_id, side_no order by row_no) as order_no
        from {{ rows }}
    ),

    divided as (
        select
            ordered.line_id,
            ordered.form_id,
            ordered.side_no,
            ordered.order_no,
            row_divisions.division,
            row_divisions.part_no,
            count(*) filter (row_divisions.part_no = 0) over (
                partition by ordered.form_id, ordered.side_no, row_divisions.division
                order by ordered.order_no
            ) as whole_no
        from ordered
        inner join {{ ref('row_divisions') }} as row_divisions on ordered.bare_label = row_divisions.label
        where
            ordered.code is null
            and case
                when row_divisions.part_no = 0 then ordered.is_item else ordered.row_kind in ('item', 'memo')
            end
    )

    select
        unnest(list(parts.line_id)) as line_id,
        'outline' as parent_kind,
        wholes.line_id as parent_line_id
    from divided as parts
    inner join divided as wholes
        on
            parts.form_id = wholes.form_id
            and parts.side_no = wholes.side_no
            and parts.division = wholes.division
            and parts.whole_no = wholes.whole_no
            and wholes.part_no = 0
    inner join divisions on parts.division = divisions.division
    where parts.part_no > 0
    group by wholes.line_id, wholes.order_no, divisions.part_count
    having
        count(*) = divisions.part_count
        and count(distinct parts.part_no) = divisions.part_count
        and max(parts.order_no) = wholes.order_no + divisions.part_count
{%- endmacro -%}
