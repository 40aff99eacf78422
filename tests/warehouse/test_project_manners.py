"""What every model and every assertion of the dbt project owes its readers."""

from __future__ import annotations

import csv
import re
from typing import Any

import duckdb

from orchestration.building.table_rules import NOT_BINDING, Rule, stated_rules
from tests.warehouse.dbt_warehouse import DBT_PROJECT, Warehouse

PUBLISHED_SCHEMAS = ("staging", "reconciliation", "marts")


def models(warehouse: Warehouse) -> list[dict[str, Any]]:
    return [node for node in warehouse.manifest["nodes"].values() if node["resource_type"] == "model"]


def test_every_model_says_what_one_row_is(small_warehouse: Warehouse) -> None:
    assert [
        node["name"] for node in models(small_warehouse) if not node["description"].startswith("One row per ")
    ] == []


def test_every_table_has_an_enforced_contract(small_warehouse: Warehouse) -> None:
    assert [
        node["name"]
        for node in models(small_warehouse)
        if node["config"]["materialized"] != "ephemeral" and not node["contract"]["enforced"]
    ] == []


def test_every_built_table_and_column_carries_its_description(connection: duckdb.DuckDBPyConnection) -> None:
    without = connection.execute(
        """
        select schema_name, table_name, null as column_name
        from duckdb_tables() where coalesce(comment, '') = '' and list_contains($schemas, schema_name)
        union all
        select schema_name, table_name, column_name
        from duckdb_columns() where coalesce(comment, '') = '' and list_contains($schemas, schema_name)
        """,
        {"schemas": list(PUBLISHED_SCHEMAS)},
    ).fetchall()
    assert without == []


def test_schemas_are_named_by_folder_alone(connection: duckdb.DuckDBPyConnection) -> None:
    names = connection.sql("select distinct schema_name from duckdb_tables()").fetchall()
    assert {name for (name,) in names} == {*PUBLISHED_SCHEMAS, "seeds", "build_state", "broken"}


def materialized(warehouse: Warehouse, *kinds: str) -> list[dict[str, Any]]:
    return [node for node in models(warehouse) if node["config"]["materialized"] in kinds]


def test_a_model_that_is_built_by_document_says_of_each_row_whose_it_is(small_warehouse: Warehouse) -> None:
    by_document = materialized(small_warehouse, "incremental")
    assert by_document
    assert [node["name"] for node in by_document if not is_never_null(node, "document_id")] == []


def test_what_is_built_by_document_rests_on_nothing_about_all_documents(small_warehouse: Warehouse) -> None:
    """Such a table may change with any document, and nobody would touch those that rest on it."""
    about_all = {
        node["unique_id"]
        for node in materialized(small_warehouse, "table")
        if rests_on_documents(node["unique_id"], small_warehouse)
    }
    assert [
        node["name"]
        for node in materialized(small_warehouse, "incremental", "ephemeral")
        if about_all & set(node["depends_on"]["nodes"])
    ] == []


def test_what_is_about_all_documents_reads_no_ephemeral_model(small_warehouse: Warehouse) -> None:
    """An ephemeral model has, in a build of what changed, the rows of touched documents alone."""
    ephemeral = {node["unique_id"] for node in materialized(small_warehouse, "ephemeral")}
    assert [
        node["name"]
        for node in materialized(small_warehouse, "table")
        if ephemeral & set(node["depends_on"]["nodes"])
    ] == []


def is_never_null(node: dict[str, Any], column: str) -> bool:
    """Whether the contract of a model has this column and says that it is never NULL."""
    constraints = node["columns"].get(column, {}).get("constraints", [])
    return any(constraint["type"] == "not_null" for constraint in constraints)


def rests_on_documents(unique_id: str, warehouse: Warehouse) -> bool:
    """Whether the rows of a node come from the lake, and not from vocabulary alone."""
    if unique_id.startswith("source."):
        return True
    parents = warehouse.manifest["nodes"][unique_id]["depends_on"].get("nodes", [])
    return any(rests_on_documents(parent, warehouse) for parent in parents)


def test_an_assertion_says_what_it_is_and_which_table_it_is_a_check_of(small_warehouse: Warehouse) -> None:
    """Or Dagster could not show it at all."""
    told = {**assertions(small_warehouse)}
    assert len(told) > 15
    assert [name for name, node in told.items() if "dagster" not in node["config"]["meta"]] == []
    assert [name for name, node in told.items() if not node["description"]] == []


def assertions(warehouse: Warehouse) -> dict[str, dict[str, Any]]:
    """Every assertion: a macro that one test gathers with others, or a test of its own."""
    macros = {node["name"]: node for node in warehouse.manifest["macros"].values()}
    gathered = {name: macros[name] for name in warehouse.assertions()}
    return gathered | {node["name"]: node for node in warehouse.tests() if node["name"].startswith("assert_")}


def test_every_assertion_is_asked(small_warehouse: Warehouse) -> None:
    written = {file.stem for file in DBT_PROJECT.rglob("assert_*.sql")}
    assert assertions(small_warehouse).keys() == written


def test_every_fact_with_amounts_is_under_the_assertions_about_trust(small_warehouse: Warehouse) -> None:
    facts = {
        node["unique_id"]
        for node in models(small_warehouse)
        if node["name"].startswith("fct_") and {"amount_id", "trust"} <= node["columns"].keys()
    }
    relations = {small_warehouse.manifest["nodes"][fact]["relation_name"] for fact in facts}
    for name in (
        "assert_nothing_quarantined_is_in_a_mart",
        "assert_every_mart_shows_trust_as_it_was_decided",
    ):
        assert [each for each in relations if each not in small_warehouse.compiled(name)] == []


def test_no_model_takes_any_value(small_warehouse: Warehouse) -> None:
    """Which one that is depends on the order of rows, which is another in a build of what changed."""
    assert [
        node["name"] for node in models(small_warehouse) if "any_value" in node["compiled_code"].lower()
    ] == []


def rules_by_table(warehouse: Warehouse) -> dict[str, list[Rule]]:
    nodes = warehouse.manifest["nodes"].items()
    found = {key: [*stated_rules(node)] for key, node in nodes if node["resource_type"] in ("model", "seed")}
    return {key: rules for key, rules in found.items() if rules}


def askers(warehouse: Warehouse, *, binding: bool) -> dict[str, dict[str, Any]]:
    """The tests that ask rules, those that fail or those that warn, by each table that they ask."""
    asking = [
        node
        for node in warehouse.tests()
        if node["config"]["meta"].get("asks") == "rules"
        and (node["config"]["severity"] == "ERROR") == binding
    ]
    by_name = {node["name"]: key for key, node in warehouse.manifest["nodes"].items()}
    return {
        by_name[table]: test
        for test in asking
        for table in re.findall(r"^    '(\w+)' as table_name", test["compiled_code"], re.MULTILINE)
    }


def test_every_table_that_states_a_rule_is_asked_whether_it_holds(small_warehouse: Warehouse) -> None:
    """A model that states one is named in a file of ``dbt_project/tests/rules``."""
    stated = rules_by_table(small_warehouse)
    binding = {key for key, rules in stated.items() if any(rule.kind != NOT_BINDING for rule in rules)}
    naming = {key for key, rules in stated.items() if any(rule.kind == NOT_BINDING for rule in rules)}
    assert len(binding) > 90
    assert askers(small_warehouse, binding=True).keys() == binding
    assert askers(small_warehouse, binding=False).keys() == naming


def test_every_rule_of_a_table_is_asked_once(small_warehouse: Warehouse) -> None:
    asked = [
        table
        for test in small_warehouse.tests()
        if test["config"]["meta"].get("asks") == "rules"
        for table in re.findall(r"^    '(\w+)' as table_name", test["compiled_code"], re.MULTILINE)
    ]
    names = {key: node["name"] for key, node in small_warehouse.manifest["nodes"].items()}
    stated = [names[key] for key, rules in rules_by_table(small_warehouse).items() for _ in rules]
    assert sorted(asked) == sorted(stated)


def test_a_table_is_asked_after_all_that_its_rules_refer_to_is_built(small_warehouse: Warehouse) -> None:
    """Seeds are there before anything is built."""
    nodes = small_warehouse.manifest["nodes"].items()
    models_by_name = {node["name"]: key for key, node in nodes if node["resource_type"] == "model"}
    too_early = [
        (table, rule.model)
        for table, test in askers(small_warehouse, binding=True).items()
        for rule in rules_by_table(small_warehouse)[table]
        if rule.model in models_by_name
        and models_by_name[rule.model] not in built_before(test, small_warehouse)
    ]
    assert too_early == []


def test_a_build_has_few_nodes(small_warehouse: Warehouse) -> None:
    """Each costs dbt a tenth of a second, whatever it does. Seeds are none of them."""
    tables = [*materialized(small_warehouse, "incremental", "table")]
    assert len(small_warehouse.tests()) <= 10
    assert len(tables) + len(small_warehouse.tests()) <= 120


def built_before(node: dict[str, Any], warehouse: Warehouse) -> set[str]:
    """Everything that is built before a node, also by way of others."""
    parents = warehouse.manifest["parent_map"]
    found: set[str] = set()
    waiting = list(node["depends_on"]["nodes"])
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += parents.get(key, [])
    return found


def test_no_equation_is_said_to_be_the_law() -> None:
    """No article asks that prose agrees with forms, or years with each other: nobody could cite it."""
    with (DBT_PROJECT / "seeds" / "vocabulary" / "identities.csv").open(encoding="utf-8") as file:
        cited = {row["rule_id"]: row["source"] for row in csv.DictReader(file)}
    assert [rule for rule, source in cited.items() if "预算法" in source or "条例" in source] == []
