-- a small warehouse lacks the forms of many rules, so that a warning there would be about nothing
{{ config(fail_calc = 'count(*) filter (among_documents >= 1000)') }}

select
    rules.rule_id,
    (select count(*) from {{ ref('stg_documents') }}) as among_documents
from {{ ref('identities') }} as rules
anti join {{ ref('identity_results') }} as asked
    on rules.rule_id = asked.rule_id and asked.outcome in ('holds', 'breaks')
