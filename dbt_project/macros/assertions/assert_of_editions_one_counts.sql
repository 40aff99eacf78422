{%- macro assert_of_editions_one_counts() -%}
-- No figure of an edition that is not used is in a fact, and of each group of editions one is used.
with counted as (
    select document_id from {{ ref('fct_spending_lines') }}
    union distinct
    select document_id from {{ ref('fct_revenue_lines') }}
    union distinct
    select document_id from {{ ref('fct_claims') }}
    union distinct
    select document_id from {{ ref('mart_document_totals') }}
)

select
    disclosures.document_id,
    'its figures are in a fact' as what
from {{ ref('int_disclosures') }} as disclosures
where
    not disclosures.is_in_force
    and disclosures.document_id in (select counted.document_id from counted)
union all
select
    disclosures.document_id,
    'it stands for an edition that is not used itself' as what
from {{ ref('int_disclosures') }} as disclosures
inner join {{ ref('int_disclosures') }} as chosen on disclosures.edition_of = chosen.document_id
where chosen.edition_of is not null
{%- endmacro -%}
