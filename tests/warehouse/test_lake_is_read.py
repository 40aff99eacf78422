"""Which rows of the lake are in the warehouse: those of the batch that the manifest names, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from extract.records import RECORDS
from tests.warehouse.dbt_warehouse import WITHOUT_UNIT_TESTS, Warehouse
from tests.warehouse.small_disclosure import (
    BUDGET,
    CURRENT_BATCH,
    frames_of,
    staged_records,
    write_batch,
    write_empty_lake,
    write_manifest,
)


def count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    (found,) = connection.sql(f"select count(*) from {table}").fetchall()
    return int(found[0])


def test_rows_of_a_superseded_batch_are_not_read(connection: duckdb.DuckDBPyConnection) -> None:
    current = frames_of(staged_records())
    built = {table: count(connection, f"staging.{table}") for table in current}
    assert built == {table: frame.height for table, frame in current.items()}


def test_codes_and_sums_arrive_as_they_were_written(connection: duckdb.DuckDBPyConnection) -> None:
    expected = frames_of(staged_records())["amounts"].sort("amount_id")
    built = connection.sql("select * from staging.amounts order by amount_id").pl()
    assert built.equals(expected)


@pytest.fixture(scope="module")
def aged_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse of which much is older than the project, a batch, a seed, a document since withdrawn; and a
    decision of its own, whose columns stand in another order."""
    warehouse = Warehouse(tmp_path_factory.mktemp("aged"))
    older = frames_of(staged_records())
    older["documents"] = older["documents"].drop("region").filter(pl.col("document_id") == BUDGET)
    write_batch(warehouse.home, "2024-01-01", older)
    write_batch(warehouse.home, CURRENT_BATCH, frames_of(staged_records()))
    write_manifest(warehouse.home, {BUDGET: "2024-01-01"})
    warehouse.build_file.parent.mkdir()
    with duckdb.connect(warehouse.build_file) as connection:
        connection.execute("create schema seeds; create table seeds.units (printed varchar)")

    (warehouse.home / "decisions").mkdir()
    (warehouse.home / "decisions" / "corrections.csv").write_text(
        "line_no,document_id,page_no,field_no,printed_text,corrected_text,corrected_unit,reason,decided_by,decided_on\n"
        f"3,{BUDGET},,2,30.00,31.00,,it says so elsewhere,A. Reader,2026-03-01\n",
        encoding="utf-8",
    )

    (warehouse.home / "decisions" / "acknowledgements.csv").write_text(
        "document_id,rule_id,printed_texts,residual_yuan,reason,decided_by,decided_on\n"
        f"{BUDGET},claim.budget_revenue,30.00|31.00,-1.00,rounded by hand,A. Reader,2026-03-01\n"
        f"{BUDGET},tree.code,30.00|31.00,-1.00,rounded by hand,A. Reader,2026-03-01\n",
        encoding="utf-8",
    )

    built = warehouse.dbt("build", "--select", "stg_documents", "--exclude", "resource_type:test")

    assert built.returncode == 0, built.stdout
    with duckdb.connect(warehouse.build_file) as connection:
        yield connection


def test_a_document_that_the_manifest_does_not_name_is_not_in_the_warehouse(
    aged_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    assert aged_warehouse.sql("select document_id from staging.documents").fetchall() == [(BUDGET,)]


def test_a_batch_of_an_older_extractor_may_lack_columns_and_be_named_like_a_date(
    aged_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    assert aged_warehouse.sql("select file_name, region from staging.documents").fetchall() == [
        ("bbbb.txt", None)
    ]


def test_a_vocabulary_table_may_have_gained_columns(aged_warehouse: duckdb.DuckDBPyConnection) -> None:
    assert aged_warehouse.sql("select yuan from seeds.units where printed = '万元'").fetchall() == [(10_000,)]


def test_decisions_of_the_home_are_beside_those_of_the_project(
    aged_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    decided = "select document_id, line_no, printed_text, decided_on::varchar from seeds.corrections"
    assert (BUDGET, 3, "30.00", "2026-03-01") in aged_warehouse.sql(decided).fetchall()


def test_what_was_decided_about_a_former_rule_is_about_the_one_that_asks_now(
    aged_warehouse: duckdb.DuckDBPyConnection,
) -> None:
    decided = f"select rule_id from seeds.acknowledgements where document_id = '{BUDGET}' order by all"
    assert aged_warehouse.sql(decided).fetchall() == [("figure.stated_in_prose",), ("tree.code",)]


def test_a_lake_without_documents_builds_and_passes_every_test(tmp_path: Path) -> None:
    warehouse = Warehouse(tmp_path)
    write_empty_lake(warehouse.home)

    built = warehouse.dbt("build", *WITHOUT_UNIT_TESTS)

    assert built.returncode == 0, built.stdout
    with duckdb.connect(warehouse.build_file) as connection:
        assert {record.table: count(connection, f"staging.{record.table}") for record in RECORDS} == {
            record.table: 0 for record in RECORDS
        }
