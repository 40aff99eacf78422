select
    {{ columns_from('int_published_amounts') }},
    side_key as classification
from {{ ref('int_published_amounts') }}
where form_fact in ('spending', 'revenue') and flow = 'revenue'
