-- Every value of a column of codes (a rule `named`) that seeds.value_names has no words for. A warning: that a word is
-- missing is no reason to hold back figures.
{{ config(severity="warn", meta={"asks": "rules"}) }}
{{ broken_rules(
    [
        "amount_trust",
        "dim_form",
        "evidence",
        "fct_claims",
        "fct_disclosure_checks",
        "fct_findings",
        "fct_spending_lines",
        "figures",
        "funds",
        "identity_results",
        "int_amount_coordinates",
        "int_cells",
        "mart_budget_to_outcome",
        "mart_publication_status",
        "mart_stated_figures",
        "stg_columns",
        "stg_counts",
        "stg_lines",
        "stg_rejects"
    ],
    ["named"]
) }}
