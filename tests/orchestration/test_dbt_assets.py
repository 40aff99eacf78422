"""What dbt's few tests say becomes a check of each table, which names the rules that broke."""

from __future__ import annotations

import json
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration.building.broken_rules import ROWS_METADATA, RULES_METADATA, BrokenRule, broken_rules
from orchestration.building.dbt_assets import HOLDS, DbtAssets
from orchestration.building.dbt_project import current_manifest
from orchestration.home.paths import Paths

ALL = (
    "rules_of_seeds",
    "rules_of_staging",
    "rules_of_reconciliation",
    "rules_of_marts",
    "names_of_codes",
    "assertions_hold",
)
AMOUNTS = dg.AssetCheckKey(dg.AssetKey(["staging", "stg_amounts"]), HOLDS)
SPENDING = dg.AssetCheckKey(dg.AssetKey(["marts", "fct_spending_lines"]), HOLDS)
VOCABULARY = dg.AssetCheckKey(dg.AssetKey("vocabulary"), HOLDS)


@pytest.fixture(scope="module")
def assets(tmp_path_factory: pytest.TempPathFactory) -> DbtAssets:
    home = tmp_path_factory.mktemp("manifest")
    return DbtAssets(json.loads(current_manifest(Paths(home, ())).read_bytes()))


def test_what_holds_passes_for_every_table_and_assertion(assets: DbtAssets) -> None:
    results = assets.check_results([*ALL, *alone(assets)], [])
    assert all(result.passed for result in results.values())
    declared = {dg.AssetCheckKey(spec.asset_key, spec.name) for spec in assets.check_specs()}
    assert results.keys() == declared


def alone(assets: DbtAssets) -> list[str]:
    """The tests of dbt that ask one assertion each."""
    return [spec.name for spec in assets.check_specs() if spec.name.startswith("assert_")]


def test_a_broken_rule_is_named_and_what_rests_on_its_table_is_not_judged(assets: DbtAssets) -> None:
    broken = [
        BrokenRule("stg_amounts", "amount_id unique", 2, ("a", "b")),
        BrokenRule("fct_spending_lines", "amount_id unique", 2, ("a", "b")),
        BrokenRule("stg_amounts", "document_id refers to stg_documents.document_id", 1, (None,)),
    ]
    results = assets.check_results(ALL, broken)
    failed = [check for check, result in results.items() if not result.passed]
    assert failed == [AMOUNTS]
    assert SPENDING not in results
    result = results[AMOUNTS]
    assert result.severity == dg.AssetCheckSeverity.ERROR
    assert result.metadata[ROWS_METADATA].value == 3
    assert result.metadata[RULES_METADATA].value == (
        "amount_id unique; document_id refers to stg_documents.document_id"
    )


def test_a_broken_rule_of_a_list_names_the_list(assets: DbtAssets) -> None:
    results = assets.check_results(["rules_of_seeds"], [BrokenRule("forms", "form_key unique", 1, ("x",))])
    assert results[VOCABULARY].metadata[RULES_METADATA].value == "forms: form_key unique"
    assert results[dg.AssetCheckKey(dg.AssetKey("decisions"), HOLDS)].passed


def test_a_code_without_a_name_is_a_warning_and_hides_nothing(assets: DbtAssets) -> None:
    broken = [
        BrokenRule("stg_rejects", "reason_code named", 1, ("because",)),
        BrokenRule("fct_findings", "finding_id unique", 1, ("f",)),
    ]
    results = assets.check_results(ALL, broken)
    failed = {
        check.asset_key.path[-1]: result.severity for check, result in results.items() if not result.passed
    }
    assert failed == {
        "stg_rejects": dg.AssetCheckSeverity.WARN,
        "fct_findings": dg.AssetCheckSeverity.ERROR,
    }


def test_a_broken_assertion_is_a_check_of_its_own(assets: DbtAssets) -> None:
    name = "assert_no_decision_is_stale"
    results = assets.check_results(ALL, [BrokenRule(None, name, 1, ("{}",))])
    ((check, result),) = ((check, each) for check, each in results.items() if not each.passed)
    assert (check.asset_key.path[-1], check.name) == ("int_corrections", name)
    assert result.severity == dg.AssetCheckSeverity.ERROR


def test_of_what_was_not_asked_nothing_is_said(assets: DbtAssets) -> None:
    results = assets.check_results(["rules_of_staging", "names_of_codes"], [])
    assert AMOUNTS in results
    assert SPENDING not in results
    assert VOCABULARY not in results


def test_what_dbt_kept_of_failed_tests_is_counted_by_table_and_rule(tmp_path: Path) -> None:
    file = tmp_path / "warehouse.duckdb"
    with duckdb.connect(file) as connection:
        connection.execute(
            """
            create schema broken;
            create table broken.rules_of_marts as
            from (values ('b', 'x unique', '1'), ('b', 'x unique', '2'), ('a', 'y never null', null))
            as rows (table_name, rule, value);
            create table broken.assertions_hold as select 'assert_this' as rule, '{}' as value;
            create table broken.assert_that as select 1 as among_documents;
            create table broken.quiet as select 1 as x where false;
            """
        )
    asked = ["rules_of_marts", "assertions_hold", "assert_that", "quiet"]
    assert [(*each[:3], sorted(map(str, each.values))) for each in broken_rules(file, asked)] == [
        ("a", "y never null", 1, ["None"]),
        ("b", "x unique", 2, ["1", "2"]),
        (None, "assert_this", 1, ["{}"]),
        (None, "assert_that", 1, []),
    ]
