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
