with coded as (
    select
        classification,
        code
    from {{ ref('fct_spending_lines') }}
    where classification in ('function', 'economic') and code is not null
    union
    select
        'economic_government' as classification,
        economic_code_government as code
    from {{ ref('fct_spending_lines') }}
    where classification = 'economic' and economic_code_government is not null
    union
    select
        classification,
        code
    from {{ ref('fct_revenue_lines') }}
    where classification in ('function', 'economic') and code is not null
),

dimensions as (
    select
        'function' as classification,
        code
    from {{ ref('dim_function') }}
    union all
    select
        classification,
        code
    from {{ ref('dim_economic_item') }}
)

select coded.*
from coded
anti join dimensions on coded.classification = dimensions.classification and coded.code = dimensions.code
