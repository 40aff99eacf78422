{{ config(meta={"asks": "assertions"}) }}
{{ assertions_hold([
    "assert_documents_of_one_identity_are_linked",
    "assert_every_amount_belongs_to_its_line_form_and_document",
    "assert_every_finding_cites_places_that_exist",
    "assert_every_mapped_economic_item_is_listed",
    "assert_every_mart_shows_trust_as_it_was_decided",
    "assert_every_numeric_cell_is_accounted_for_once",
    "assert_every_trusted_amount_of_a_spending_or_revenue_form_is_in_one_fact",
    "assert_money_is_never_a_float",
    "assert_no_decision_is_stale",
    "assert_nothing_quarantined_is_in_a_mart",
    "assert_nothing_that_breaks_an_identity_is_called_reconciled",
    "assert_of_editions_one_counts",
    "assert_only_a_dash_or_an_unknown_unit_has_no_yuan",
    "assert_the_preferred_restatement_is_one_and_adds_up",
    "assert_trust_was_decided_once_for_every_amount",
    "assert_what_a_figure_explains_holds_once_it_is_corrected",
    "assert_yuan_is_the_printed_figure_times_its_unit"
]) }}
