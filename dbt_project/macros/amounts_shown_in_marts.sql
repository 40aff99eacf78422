{#- A subquery with every amount and claim that any fact shows, and the trust it is shown with. -#}
{%- macro amounts_shown_in_marts() -%}
(
    {%- for relation in [
        ref('fct_spending_lines'),
        ref('fct_revenue_lines'),
        ref('fct_projects'),
        ref('fct_three_public'),
        ref('fct_procurement'),
    ] %}
    select
        '{{ relation.identifier }}' as mart,
        amount_id,
        trust
    from {{ relation }}
    union all
    {%- endfor %}
    select
        'fct_claims' as mart,
        claim_id as amount_id,
        trust
    from {{ ref('fct_claims') }}
)
{%- endmacro -%}
