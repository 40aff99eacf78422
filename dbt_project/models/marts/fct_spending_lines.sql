select
    {{ columns_from(amounts='int_spending_amounts') }},
    amounts.side_key as classification,
    restatements.is_preferred,
    restatements.is_most_detailed
from {{ ref('int_spending_amounts') }} as amounts
inner join {{ ref('dim_restatement') }} as restatements on amounts.restatement_id = restatements.restatement_id
