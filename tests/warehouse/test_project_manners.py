"""What every model and every assertion of the dbt project owes its readers."""

from __future__ import annotations

from typing import Any

import duckdb

from tests.warehouse.dbt_warehouse import Warehouse

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
    assert {name for (name,) in names} == {*PUBLISHED_SCHEMAS, "seeds", "build_state"}


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


def test_an_assertion_about_several_models_says_which_asset_it_is_a_check_of(
    small_warehouse: Warehouse,
) -> None:
    """Otherwise Dagster would not show it as an asset check at all."""
    assertions = [node for node in small_warehouse.tests() if "test_metadata" not in node]
    assert [
        node["name"]
        for node in assertions
        if len(node["depends_on"]["nodes"]) > 1 and "dagster" not in node["config"]["meta"]
    ] == []
    assert [node["name"] for node in assertions if not node["description"]] == []


def test_every_fact_with_amounts_is_under_the_assertions_about_trust(small_warehouse: Warehouse) -> None:
    facts = {
        node["unique_id"]
        for node in models(small_warehouse)
        if node["name"].startswith("fct_") and {"amount_id", "trust"} <= node["columns"].keys()
    }
    for name in (
        "assert_nothing_quarantined_is_in_a_mart",
        "assert_every_mart_shows_trust_as_it_was_decided",
    ):
        (assertion,) = (node for node in small_warehouse.tests() if node["name"] == name)
        assert facts <= set(assertion["depends_on"]["nodes"])


def test_no_model_takes_any_value(small_warehouse: Warehouse) -> None:
    """Which one that is depends on the order of rows, which is another in a build of what changed."""
    assert [
        node["name"] for node in models(small_warehouse) if "any_value" in node["compiled_code"].lower()
    ] == []
