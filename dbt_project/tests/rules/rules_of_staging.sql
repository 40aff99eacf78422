{{ config(meta={"asks": "rules"}) }}
{{ broken_rules(
    [
        "stg_amounts",
        "stg_claims",
        "stg_columns",
        "stg_contents",
        "stg_counts",
        "stg_documents",
        "stg_forms",
        "stg_indicators",
        "stg_landings",
        "stg_lines",
        "stg_numeric_cells",
        "stg_rejects",
        "stg_relation_terms",
        "stg_relations",
        "stg_remarks"
    ],
    ["named"], are_left_out=true
) }}
