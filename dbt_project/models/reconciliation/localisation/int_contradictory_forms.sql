-- Forms whose own sums break in several independent places, many of those they have: a font that gives out other digits
-- than it prints, or columns that were read shifted, look like this. What they contradict may be ours.
select
    results.document_id,
    results.form_key,
    count(*) filter (results.outcome = 'breaks') as sums_broken,
    count(*) as sums_asked,
    count(distinct causes.cause_id) as cause_count
from {{ ref('identity_results') }} as results
inner join {{ ref('identities') }} as rules on results.rule_id = rules.rule_id
left join {{ ref('int_identity_causes') }} as causes on results.identity_id = causes.identity_id
where
    rules.family in ('row', 'tree', 'column')
    and results.form_key is not null
    -- sums of nothing hold whatever is misread
    and (results.outcome = 'breaks' or (results.outcome = 'holds' and results.left_yuan != 0))
group by results.document_id, results.form_key
having
    count(distinct causes.cause_id) >= {{ var('contradictory_causes') }}
    and count(*) filter (results.outcome = 'breaks') * {{ var('contradictory_share') }} >= count(*)
