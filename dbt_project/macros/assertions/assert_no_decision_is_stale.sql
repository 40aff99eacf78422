{%- macro assert_no_decision_is_stale() -%}
-- Decisions about documents that this warehouse does not hold wait for them.
select
    'correction' as decision,
    decisions.document_id,
    decisions.line_no,
    decisions.printed_text
from {{ ref('corrections') }} as decisions
semi join {{ ref('stg_documents') }} as documents on decisions.document_id = documents.document_id
anti join {{ ref('int_corrections') }} as found
    on
        {{ same_cell('decisions', 'found') }}
        and decisions.printed_text = found.printed_text
union all
select
    'acknowledgement' as decision,
    decisions.document_id,
    null as line_no,
    decisions.printed_texts as printed_text
from {{ ref('acknowledgements') }} as decisions
semi join {{ ref('stg_documents') }} as documents on decisions.document_id = documents.document_id
anti join {{ ref('int_acknowledged_identities') }} as found
    on
        decisions.document_id = found.document_id
        and decisions.rule_id = found.rule_id
        and decisions.printed_texts = found.printed_texts
        and decisions.residual_yuan = found.residual_yuan
{%- endmacro -%}
