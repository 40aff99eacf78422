-- What a document states, as keys that are the same in every edition of it: each figure with what it is of.
select
    amounts.document_id,
    'form' as kind,
    concat_ws(
        '|',
        coalesce(amounts.form_key, forms.printed_title),
        amounts.side_key,
        coalesce(amounts.code, regexp_replace(amounts.row_label, '\s', '', 'g')),
        amounts.economic_code_government,
        lines.detail,
        -- the same label stands under several
        case when amounts.code is null then regexp_replace(lines.parent_label, '\s', '', 'g') end,
        amounts.measure,
        amounts.fund,
        amounts.budget_version,
        amounts.column_year
    ) as content_key,
    amounts.amount_id,
    amounts.form_id,
    amounts.form_key,
    amounts.amount_text,
    amounts.amount_yuan,
    amounts.last_digit_yuan,
    coalesce(amounts.page_no, amounts.line_no) as place,
    amounts.confidence is not null as is_recognised,
    lines.doubt is not null or amounts.doubt is not null or amounts.confidence is not null as is_doubtful
from {{ ref('stg_amounts') }} as amounts
inner join {{ ref('int_lines') }} as lines on amounts.line_id = lines.line_id
inner join {{ ref('stg_forms') }} as forms on amounts.form_id = forms.form_id
where amounts.amount_yuan is not null
union all
select
    document_id,
    'claim' as kind,
    concat_ws('|', regexp_replace(subject, '\s', '', 'g'), kind, stated_as, basis_year, year_text) as content_key,
    claim_id as amount_id,
    null as form_id,
    null as form_key,
    amount_text,
    amount_yuan,
    last_digit_yuan,
    coalesce(page_no, line_no) as place,
    confidence is not null as is_recognised,
    confidence is not null as is_doubtful
from {{ ref('stg_claims') }}
where amount_yuan is not null
