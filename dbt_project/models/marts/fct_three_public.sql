select
    {{ columns_from('int_published_amounts') }},
    -- Final accounts print both rows; a budget prints one figure, which is the budgeted one.
    case
        when line_key in ('budgeted', 'actual') then line_key
        when stage = 'budget' then 'budgeted'
    end as basis
from {{ ref('int_published_amounts') }}
where form_fact = 'three_public'
