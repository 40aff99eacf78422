{%- macro assert_what_a_figure_explains_holds_once_it_is_corrected() -%}
-- Sums every explained identity again, with the corrected figures in it.
with corrections as (
    select
        terms.identity_id,
        sum((terms.weight * repairs.correction_yuan)::decimal(20, 2)) as correction_yuan
    from {{ ref('int_repairs') }} as repairs
    inner join {{ ref('int_identity_terms') }} as terms on repairs.cell_id = terms.cell_id
    group by terms.identity_id
)

select
    causes.identity_id,
    results.residual_yuan,
    corrections.correction_yuan
from {{ ref('int_identity_causes') }} as causes
inner join {{ ref('identity_results') }} as results on causes.identity_id = results.identity_id
left join corrections on causes.identity_id = corrections.identity_id
where
    causes.cause_kind = 'figure'
    and abs(results.residual_yuan + coalesce(corrections.correction_yuan, 0)) > results.tolerance_yuan + 0.01
{%- endmacro -%}
