-- Spending, each amount with the restatement it is part of: a column of a form that states one kind of spending.
with published as (
    select
        published.*,
        spending_forms.preference,
        coalesce(
            case when coalesce(published.measure, 'total') = 'total' then spending_forms.total_means end,
            published.measure
        ) as spending_kind,
        -- a second column of the same measure and fund states another thing, though nobody can tell what
        dense_rank() over (
            partition by published.form_id, published.side_no, published.measure, published.fund
            order by published.col_no
        ) as column_rank
    from {{ ref('int_published_amounts') }} as published
    left join {{ ref('spending_forms') }} as spending_forms on published.form_key = spending_forms.form_key
    where published.form_fact in ('spending', 'revenue') and published.flow = 'spending'
)

select
    {{ columns_from('int_published_amounts') }},
    preference,
    spending_kind,
    column_rank,
    concat_ws('-', form_id, side_key, coalesce(spending_kind, ''), coalesce(fund, ''), column_rank) as restatement_id
from published
