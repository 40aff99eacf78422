select
    restatements.document_id,
    restatements.form_key,
    restatements.leaves_yuan,
    restatements.document_total_yuan
from {{ ref('dim_restatement') }} as restatements
inner join {{ ref('fct_disclosure_scorecard') }} as scorecard on restatements.document_id = scorecard.document_id
where
    restatements.is_preferred
    and scorecard.identities_break = 0
    and restatements.document_total_yuan is not null
    and not (
        restatements.leaves_yuan = restatements.document_total_yuan
        -- more than its total is printed too, and all of it is rounded
        or (restatements.agreement = 'rounding' and restatements.total_yuan = restatements.document_total_yuan)
    )
