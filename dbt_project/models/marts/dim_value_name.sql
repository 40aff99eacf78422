-- Words for every column of codes in one place, so that a report joins once for each code that it shows.
select
    column_name,
    value,
    name_zh,
    name_en
from {{ ref('value_names') }}
union all
select
    'measure' as column_name,
    measure as value,
    name_zh,
    name_en
from {{ ref('measures') }}
union all
select
    'form_key' as column_name,
    form_key as value,
    name_zh,
    name_en
from {{ ref('forms') }}
