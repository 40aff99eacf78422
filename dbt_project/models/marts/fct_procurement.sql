select {{ columns_from('int_published_amounts') }}
from {{ ref('int_published_amounts') }}
where form_fact = 'procurement'
