-- Broken identities that people know of, found by rule, printed figures and exact residual.
with printed as (
    select
        results.identity_id,
        results.document_id,
        results.rule_id,
        results.residual_yuan,
        array_to_string(
            list_transform(
                list_filter(results.terms, term -> term.amount_text is not null), term -> term.amount_text
            ),
            '|'
        ) as printed_texts
    from {{ ref('identity_results') }} as results
    where
        results.outcome = 'breaks'
        and results.document_id in (select known.document_id from {{ ref('acknowledgements') }} as known)
)

select
    printed.identity_id,
    acknowledgements.document_id,
    acknowledgements.rule_id,
    acknowledgements.printed_texts,
    acknowledgements.residual_yuan,
    acknowledgements.reason
from {{ ref('acknowledgements') }} as acknowledgements
inner join printed
    on
        acknowledgements.document_id = printed.document_id
        and acknowledgements.rule_id = printed.rule_id
        and acknowledgements.printed_texts = printed.printed_texts
        and acknowledgements.residual_yuan = printed.residual_yuan
