select rules.rule_id
from {{ ref('identities') }} as rules
anti join {{ ref('identity_results') }} as asked
    on rules.rule_id = asked.rule_id and asked.outcome in ('holds', 'breaks')
