select
    form_key,
    name_zh,
    name_en,
    stage,
    layout,
    fund,
    fact,
    is_unique,
    description
from {{ ref('forms') }}
-- the explanation in prose stands beside the forms, but is none
where layout != 'prose'
