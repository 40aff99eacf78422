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
    assert {name for (name,) in names} == {*PUBLISHED_SCHEMAS, "seeds"}


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
