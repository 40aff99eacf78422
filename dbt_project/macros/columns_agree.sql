{#-
    How far two columns, or a column and the sums of others, print the same figures, row by row: what differs in one row
    is no doubt about the columns where they agree in others.

    - sums: rows with `value_yuan`, `apart_yuan` and `has_no_unit`, and the column that names the columns compared.
    - within: what rounding may make of a difference.
-#}
{%- macro columns_agree(sums, columns_id, within='rounding_yuan') -%}
    select
        {{ columns_id }},
        count(distinct value_yuan) filter (abs(apart_yuan) <= {{ within }}) as figures_equal,
        count(*) filter (abs(apart_yuan) > {{ within }}) as pairs_apart,
        count(*) as pairs
    from {{ sums }}
    where not has_no_unit
    group by {{ columns_id }}
{%- endmacro -%}
