"""Tests of the tests: every assertion is quiet on a sound warehouse and wakes when one bad row is planted.

What is run is the SQL that dbt compiled from the assertion, so these are dbt's own tests, not copies of them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.building.broken_rules import broken_rules
from orchestration.building.table_rules import stated_rules
from tests.warehouse.dbt_warehouse import Warehouse
from tests.warehouse.small_disclosure import BUDGET, UNREADABLE, write_small_lake

ONE_AMOUNT = "(select min(amount_id) from staging.amounts where amount_kind = 'number' and unit = '万元')"

# assertion -> what is wrong -> the row that is wrong in this way
BAD_ROWS: dict[str, dict[str, str]] = {
    "assert_the_preferred_restatement_is_one_and_adds_up": {
        "two that are preferred": "update marts.dim_restatement set is_preferred = true",
        "a leaf that is not shown": """
            update marts.fct_spending_lines set is_leaf = false
            where amount_id = (
                select min(amount_id) from marts.fct_spending_lines where is_leaf and is_preferred
            )""",
    },
    "assert_a_document_without_a_slip_comes_to_its_total": {
        "leaves that were not read": """
            update marts.dim_restatement set leaves_yuan = leaves_yuan - 1, agreement = 'differs'
            where is_preferred""",
    },
    "assert_of_editions_one_counts": {
        "a figure of an edition that is not used": """
            update reconciliation.int_disclosures set is_in_force = false
            where document_id = (select min(document_id) from marts.fct_spending_lines)""",
        "an edition that stands for one that is not used itself": """
            update reconciliation.int_disclosures set edition_of = document_id""",
    },
    "assert_nothing_quarantined_is_in_a_mart": {
        f"a quarantined amount in {mart}": f"""
            update reconciliation.amount_trust set trust = 'quarantined'
            where amount_id = (select min(amount_id) from marts.{mart})"""
        for mart in (
            "fct_spending_lines",
            "fct_revenue_lines",
            "fct_projects",
            "fct_three_public",
            "fct_procurement",
        )
    }
    | {
        "a quarantined claim in fct_claims": """
            create or replace table marts.fct_claims as
            select amount_id as claim_id, trust from reconciliation.amount_trust
            where trust = 'quarantined' limit 1"""
    },
    "assert_every_mart_shows_trust_as_it_was_decided": {
        "a mart that shows more trust than was decided": """
            update reconciliation.amount_trust set trust = 'disputed'
            where amount_id = (select min(amount_id) from marts.fct_procurement)""",
        "a mart that shows an amount nobody decided about": """
            delete from reconciliation.amount_trust
            where amount_id = (select min(amount_id) from marts.fct_projects)""",
    },
    "assert_trust_was_decided_once_for_every_amount": {
        "no decision": f"delete from reconciliation.amount_trust where amount_id = {ONE_AMOUNT}",
        "two decisions": f"""
            insert into reconciliation.amount_trust
            select * from reconciliation.amount_trust where amount_id = {ONE_AMOUNT}""",
        "a decision that nobody knows": f"""
            update reconciliation.amount_trust set trust = 'probably' where amount_id = {ONE_AMOUNT}""",
    },
    "assert_nothing_that_breaks_an_identity_is_called_reconciled": {
        "an identity of reconciled amounts that breaks": """
            update reconciliation.identity_results set outcome = 'breaks' where outcome = 'holds'""",
        "a suspected figure that is called reconciled": """
            update reconciliation.identity_results set outcome = 'breaks'
            where identity_id = (
                select min(identity_id) from reconciliation.identity_results where outcome = 'holds'
            );
            insert into reconciliation.int_identity_causes
                (identity_id, document_id, cause_kind, cause_id, correctable_id, left_over_yuan)
            select identity_id, document_id, 'figure', 'C-1', 'slip', 0
            from reconciliation.identity_results where outcome = 'breaks';
            insert into reconciliation.int_suspects
                (document_id, correctable_id, cell_id, amount_id, evidence, is_rounding)
            select document_id, 'slip', cell_id, amount_id, 'several', false
            from reconciliation.int_identity_terms
            where
                identity_id in (select identity_id from reconciliation.int_identity_causes)
                and amount_id is not null
            limit 1""",
    },
    "assert_what_a_figure_explains_holds_once_it_is_corrected": {
        "a cause that corrects nothing": """
            insert into reconciliation.int_identity_causes
                (identity_id, document_id, cause_kind, cause_id, correctable_id, left_over_yuan)
            select identity_id, document_id, 'figure', 'C-1', 'nothing', 0
            from reconciliation.identity_results
            where rule_id = 'column.form_total' and outcome = 'holds' limit 1;
            update reconciliation.identity_results set residual_yuan = 10000.00""",
        "a correction that is too small": """
            insert into reconciliation.int_identity_causes
                (identity_id, document_id, cause_kind, cause_id, correctable_id, left_over_yuan)
            select identity_id, document_id, 'figure', 'C-1', cell_id, 0
            from reconciliation.int_identity_terms
            where
                term_no = 1
                and identity_id = (
                    select min(identity_id) from reconciliation.identity_results
                    where rule_id = 'column.form_total' and outcome = 'holds'
                );
            insert into reconciliation.int_repairs
                (document_id, correctable_id, cell_id, correction_yuan)
            select document_id, correctable_id, correctable_id, -9000.00
            from reconciliation.int_identity_causes;
            update reconciliation.identity_results set residual_yuan = 10000.00""",
    },
    "assert_no_decision_is_stale": {
        "a correction of a figure that is not printed": f"""
            insert into seeds.corrections (document_id, line_no, field_no, printed_text, corrected_text)
            values ('{BUDGET}', 3, 2, '31.00', '30.00')""",
        "an acknowledgement of a break that is not there": f"""
            insert into seeds.acknowledgements (document_id, rule_id, printed_texts, residual_yuan)
            values ('{BUDGET}', 'column.form_total', '30.00|20.00', 100000.00)""",
    },
    "assert_every_rule_was_asked_somewhere": {
        "a rule without an answer": """
            delete from reconciliation.identity_results where rule_id = 'column.form_total'""",
        "a rule that was never asked, only meant to be": """
            update reconciliation.identity_results set outcome = 'not_asked'
            where rule_id = 'column.form_total'""",
    },
    "assert_every_finding_cites_places_that_exist": {
        "a line that the document does not have": "update marts.fct_findings set places = [999999]",
        "no place": "update marts.fct_findings set places = []",
    },
    "assert_every_amount_belongs_to_its_line_form_and_document": {
        "an amount of a line that is not there": f"""
            update staging.amounts set line_id = 'nowhere' where amount_id = {ONE_AMOUNT}""",
        "an amount of a form that is not there": f"""
            update staging.amounts set form_id = 'nowhere' where amount_id = {ONE_AMOUNT}""",
        "an amount of a document that is not there": f"""
            update staging.amounts set document_id = 'nowhere' where amount_id = {ONE_AMOUNT}""",
        "an amount that calls its form another kind of form": f"""
            update staging.amounts set form_key = 'final_revenue' where amount_id = {ONE_AMOUNT}""",
        "an amount on another row than its line": f"""
            update staging.amounts set row_no = row_no + 1 where amount_id = {ONE_AMOUNT}""",
    },
    "assert_every_numeric_cell_is_accounted_for_once": {
        "a lost amount": f"delete from staging.amounts where amount_id = {ONE_AMOUNT}",
        "an amount counted twice": f"""
            insert into staging.amounts select * from staging.amounts where amount_id = {ONE_AMOUNT}""",
        "an amount that no cell became": f"""
            insert into staging.amounts
            select * replace (field_no + 90 as field_no)
            from staging.amounts where amount_id = {ONE_AMOUNT}""",
        "a lost reject": "delete from staging.rejects",
        "a lost indicator": "delete from staging.indicators",
        "a lost code": "update staging.lines set code = null where code = '2080501'",
        "a cell that ended in two places": """
            insert into staging.numeric_cells
            select * replace ('codes' as destination)
            from staging.numeric_cells where destination = 'rejects'""",
        "a cell that the reader did not count": """
            update staging.documents set numeric_cell_count = numeric_cell_count - 1""",
        "cells of a document in which the reader counted none": """
            update staging.documents set numeric_cell_count = null""",
    },
    "assert_only_a_dash_or_an_unknown_unit_has_no_yuan": {
        "a number without yuan": f"""
            update staging.amounts set amount_yuan = null where amount_id = {ONE_AMOUNT}""",
        "a dash that was taken for zero": """
            update staging.amounts set amount_yuan = 0 where amount_kind = 'dash'""",
        "a guessed unit": "update staging.amounts set amount_yuan = 7 where unit is null",
    },
    "assert_yuan_is_the_printed_figure_times_its_unit": {
        "a wrong unit": f"update staging.amounts set unit = '元' where amount_id = {ONE_AMOUNT}",
        "a sum that is one fen off": f"""
            update staging.amounts set amount_yuan = amount_yuan + 0.01 where amount_id = {ONE_AMOUNT}""",
        "a printed figure with separators and full-width digits": f"""
            update staging.amounts set amount_text = '１，０00.00' where amount_id = {ONE_AMOUNT}""",
        "a stored sum that the printed one does not round": f"""
            update staging.amounts set amount_text = '1.0', stored_text = amount_yuan::varchar
            where amount_id = {ONE_AMOUNT}""",
    },
    "assert_money_is_never_a_float": {
        "a sum that is a float": """
            alter table marts.fct_procurement alter amount_yuan type double""",
        "a sum with another scale": """
            alter table staging.amounts alter amount_yuan type decimal(20, 4)""",
        "any float": "alter table marts.fct_procurement add column share float",
    },
    "assert_every_trusted_amount_of_a_spending_or_revenue_form_is_in_one_fact": {
        "an amount that no fact shows": """
            delete from marts.fct_spending_lines
            where amount_id = (select min(amount_id) from marts.fct_spending_lines)""",
        "an amount in both facts": """
            insert into marts.fct_revenue_lines
            select * exclude (restatement_id, spending_kind, is_preferred, is_most_detailed)
            from marts.fct_spending_lines
            where amount_id = (select min(amount_id) from marts.fct_spending_lines)""",
    },
    "assert_every_mapped_economic_item_is_listed": {
        "a departmental item that is not listed": """
            update seeds.economic_mapping set departmental_code = '30100'
            where departmental_code = '30101'""",
        "a government item that is a class": """
            update seeds.economic_mapping set government_code = '501' where government_code = '50101'""",
        "an item of the other classification": """
            update seeds.economic_mapping set government_code = departmental_code""",
    },
    "assert_every_code_of_a_fact_is_in_its_dimension": {
        "a functional code without a row": """
            delete from marts.dim_function where code = '2080505'""",
        "a code that only the other classification has": """
            update marts.fct_spending_lines set classification = 'economic' where code = '2080505'""",
    },
    "assert_documents_of_one_identity_are_linked": {
        "an identity between documents that have nothing to do with each other": f"""
            update reconciliation.identity_results
            set terms = list_append(terms, struct_update(terms[1], document_id := '{UNREADABLE}'))
            where identity_id = (select min(identity_id) from reconciliation.identity_results)""",
    },
}
# table -> the rule, as the test names it -> what is wrong -> the row that is wrong in this way
BROKEN_RULES: dict[str, dict[str, dict[str, str]]] = {
    "stg_rejects": {
        "no empty text": {
            "an empty hint": "update staging.rejects set hint = ''",
            "a hint of blanks": "update staging.rejects set hint = '  '",
        },
        "document_id refers to stg_documents.document_id": {
            "a reject of no document": "update staging.rejects set document_id = 'nowhere'",
        },
        "reason_code named": {
            "a reason without a name": "update staging.rejects set reason_code = 'because'",
        },
    },
    "stg_forms": {
        "document_id, form_no unique together": {
            "two first forms in one document": "update staging.forms set form_no = 1 where form_no = 2",
        },
        "form_id unique": {
            "a form twice": "insert into staging.forms select * from staging.forms limit 1",
        },
    },
    "amount_trust": {
        "trust one of": {
            "a trust of another word": f"""
                update reconciliation.amount_trust set trust = 'probably' where amount_id = {ONE_AMOUNT}""",
        },
    },
    "function_codes": {
        "code years apart": {
            "two names in one year": """
                update seeds.function_codes set valid_to = 2020 where code = '20805' and valid_to = 2019""",
            "a name for ever beside another": """
                insert into seeds.function_codes (code, name, is_official)
                values ('2080505', '又名', true)""",
            "years that run backwards": """
                update seeds.function_codes set valid_from = 2030 where code = '20805' and valid_to = 2019""",
        },
        "codes under listed ones": {
            "a code of an odd length": """
                insert into seeds.function_codes (code, name, is_official) values ('2080', '四位', true)""",
            "an item without its group": "delete from seeds.function_codes where code = '20805'",
            "an item that is older than its group": """
                update seeds.function_codes set valid_from = 2018 where code = '2082804'""",
            "an item that outlives its group": """
                update seeds.function_codes set valid_to = null where code = '2011004'""",
        },
        "name never null": {
            "a code without a name": "update seeds.function_codes set name = null where code = '2080505'",
        },
        "a functional code has one official name today": {
            "a second one": """
                insert into seeds.function_codes (code, name, is_official, valid_from)
                select code, name, true, 2090 from seeds.function_codes
                where code = '2080505' and is_official and valid_to is null""",
        },
    },
}
# Warnings: a small warehouse may give cause for them.
NOT_QUIET_ON_A_SMALL_WAREHOUSE = {"assert_every_rule_was_asked_somewhere"}

CASES = [(assertion, name) for assertion, bad_rows in BAD_ROWS.items() for name in bad_rows]


@pytest.mark.parametrize(("assertion", "bad_row"), CASES)
def test_an_assertion_wakes(
    assertion: str, bad_row: str, small_warehouse: Warehouse, connection: duckdb.DuckDBPyConnection
) -> None:
    sql = small_warehouse.compiled(assertion)
    before = connection.sql(sql).fetchall()
    assert before == [] or assertion in NOT_QUIET_ON_A_SMALL_WAREHOUSE

    connection.execute(BAD_ROWS[assertion][bad_row])

    assert len(connection.sql(sql).fetchall()) > len(before)


RULE_CASES = [
    (table, rule, name)
    for table, rules in BROKEN_RULES.items()
    for rule, bad_rows in rules.items()
    for name in bad_rows
]


@pytest.mark.parametrize(("table", "rule", "bad_row"), RULE_CASES)
def test_a_rule_of_a_table_wakes_and_is_named(
    table: str, rule: str, bad_row: str, small_warehouse: Warehouse, connection: duckdb.DuckDBPyConnection
) -> None:
    asked = asking_rules(small_warehouse)
    assert broken(connection, asked) == set()

    connection.execute(BROKEN_RULES[table][rule][bad_row])

    assert (table, rule) in broken(connection, asked)


def asking_rules(warehouse: Warehouse) -> list[str]:
    tests = [test for test in warehouse.tests() if test["config"]["meta"].get("asks") == "rules"]
    return [test["compiled_code"] for test in tests]


def broken(connection: duckdb.DuckDBPyConnection, asked: list[str]) -> set[tuple[str, str]]:
    return {(table, rule) for sql in asked for table, rule, _ in connection.sql(sql).fetchall()}


def test_every_assertion_is_shown_to_wake(small_warehouse: Warehouse) -> None:
    alone = {test["name"] for test in small_warehouse.tests() if "asks" not in test["config"]["meta"]}
    assert alone | small_warehouse.assertions().keys() == BAD_ROWS.keys()


def test_every_kind_of_rule_is_shown_to_wake(small_warehouse: Warehouse) -> None:
    kinds = {
        rule.kind.replace("_", " ")
        for node in small_warehouse.manifest["nodes"].values()
        if node["resource_type"] in ("model", "seed")
        for rule in stated_rules(node)
    }
    assert {
        kind for kind in kinds if any(kind in rule for rules in BROKEN_RULES.values() for rule in rules)
    } == kinds


def test_dbt_itself_fails_on_a_planted_row(tmp_path: Path, small_warehouse: Warehouse) -> None:
    """That it passes on the sound warehouse is what the fixture has shown."""
    spoiled = Warehouse(tmp_path)
    write_small_lake(spoiled.home)
    spoiled.build_file.parent.mkdir()
    shutil.copy(small_warehouse.build_file, spoiled.build_file)
    assertion = "assert_only_a_dash_or_an_unknown_unit_has_no_yuan"
    with duckdb.connect(spoiled.build_file) as connection:
        connection.execute(BAD_ROWS[assertion]["a guessed unit"])

    tested = spoiled.dbt("test", "--select", "assertions_hold")

    assert tested.returncode == 1
    assert "FAIL 1 assertions_hold" in tested.stdout
    assert [(each.rule, each.rows) for each in broken_rules(spoiled.build_file, ["assertions_hold"])] == [
        (assertion, 1)
    ]
