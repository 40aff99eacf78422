"""Exported tables keep what is published, say what it means, and do no harm in a spreadsheet program."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from declared import relation, with_types
from frictionless import Package
from frictionless.resources import TableResource

from orchestration.building.catalogue import ForeignKey, Relation
from orchestration.exporting import data_package as data_package_module
from orchestration.exporting.csv_cells import DEFUSED
from orchestration.exporting.data_package import data_package, field_type
from orchestration.exporting.tables import TableFormat, write_table
from tests.conftest import disclosures

HOSTILE = ["=1+1", "+1+1", "-2+3", "@sum(a1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''=1", "－1+1"]
HARMLESS = ["-12.34", "-", "－", "+1,234.50", "-5%", "'quoted", "", "收入", "a=1", "[1]", "1-2"]


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute("create schema marts")
    return connection


def described(connection: duckdb.DuckDBPyConnection, table: str, **keys: Any) -> Relation:
    """A table as it is, with nothing said about it."""
    types = {name: kind for name, kind, *_ in connection.execute(f"describe {table}").fetchall()}
    return with_types(relation(table, "One row.", *((name, "") for name in types), **keys), types)


def exported_rows(connection: duckdb.DuckDBPyConnection, folder: Path) -> list[dict[str, str]]:
    file = write_table(connection, described(connection, "marts.t"), folder, TableFormat.CSV)
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.DictReader(opened))


def test_money_keeps_its_decimals_and_has_no_separators(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    connection.execute("create table marts.t as select 1234567890123.40::decimal(20, 2) as yuan, -0.05 as d")
    assert exported_rows(connection, tmp_path) == [{"yuan": "1234567890123.40", "d": "-0.05"}]


def test_lists_are_json_and_null_is_an_empty_field(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    connection.execute(
        "create table marts.t as select ['a\"b', null] as words, [{'n': 1.50}] as terms, "
        "null::varchar as nothing, true as yes, timestamp '2026-03-01 12:00:00' as moment"
    )
    (row,) = exported_rows(connection, tmp_path)
    assert json.loads(row["words"]) == ['a"b', None]
    assert json.loads(row["terms"]) == [{"n": 1.5}]
    assert (row["nothing"], row["yes"], row["moment"]) == ("", "true", "2026-03-01T12:00:00")


def test_a_spreadsheet_program_takes_the_file_for_unicode(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    connection.execute("create table marts.t as select '元' as unit")
    file = write_table(connection, described(connection, "marts.t"), tmp_path, TableFormat.CSV)
    assert file.read_bytes() == "\ufeffunit\n元\n".encode()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_would_run_as_a_formula_is_defused(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, text: str
) -> None:
    connection.execute("create table marts.t as select ? as cell", [text])
    (row,) = exported_rows(connection, tmp_path)
    assert row["cell"] == f"'{text}"
    assert re.match(DEFUSED, row["cell"]), "whoever reads it back would not take the apostrophe off"


@pytest.mark.parametrize("text", HARMLESS)
def test_every_other_text_stays_and_is_not_taken_for_a_defused_one(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, text: str
) -> None:
    connection.execute("create table marts.t as select ? as cell, 1 as n", [text])
    (row,) = exported_rows(connection, tmp_path)
    assert row["cell"] == text
    assert not re.match(DEFUSED, row["cell"])


@pytest.mark.parametrize(
    ("data_type", "expected"),
    [
        ("VARCHAR", "string"),
        ("BIGINT", "integer"),
        ("INTEGER", "integer"),
        ("HUGEINT", "integer"),
        ("DECIMAL(20,2)", "number"),
        ("BIGINT[]", "array"),
        ("STRUCT(a INTEGER, b DECIMAL(20,2))[]", "array"),
        ("STRUCT(a INTEGER)", "object"),
        ("TIMESTAMP", "datetime"),
        ("UUID", "any"),
    ],
)
def test_every_type_has_one_of_table_schema(data_type: str, expected: str) -> None:
    assert field_type(data_type) == expected


def test_a_package_says_what_is_in_its_files(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    connection.execute("create table marts.dim_document as select 'd' as document_id")
    connection.execute(
        "create table marts.t as select 'd' as document_id, 1.50::decimal(20, 2) as amount_yuan"
    )
    documents = described(connection, "marts.dim_document", primary_key=("document_id",))
    declared = relation(
        "marts.t",
        "One row per amount. ｜ 金额：每个金额一行。",
        ("document_id!", "Its document."),
        ("amount_yuan", "In yuan. ｜ 金额（元）"),
        foreign_keys=(
            ForeignKey(("document_id",), "marts", "dim_document", ("document_id",)),
            ForeignKey(("document_id",), "elsewhere", "not_exported", ("document_id",)),
        ),
    )
    amounts = with_types(declared, {"document_id": "VARCHAR", "amount_yuan": "DECIMAL(20,2)"})
    relations = [documents, amounts]
    files = {each.full_name: write_table(connection, each, tmp_path, TableFormat.CSV) for each in relations}
    package = data_package("V1", "2026-03-01T12:00:00Z", relations, files)
    assert (package["version"], package["created"]) == ("V1", "2026-03-01T12:00:00Z")
    _, resource = package["resources"]
    assert (resource["title"], resource["description_zh"]) == ("金额", "每个金额一行。")
    assert resource["schema"] == {
        "fields": [
            {
                "name": "document_id",
                "type": "string",
                "description": "Its document.",
                "constraints": {"required": True},
            },
            {
                "name": "amount_yuan",
                "type": "number",
                "title": "金额（元）",
                "description": "In yuan.",
                "columnType": "value",
            },
        ],
        "foreignKeys": [
            {
                "fields": ["document_id"],
                "reference": {"resource": "marts.dim_document", "fields": ["document_id"]},
            }
        ],
    }
    assert Package(package, basepath=str(tmp_path)).validate().valid


def test_a_package_notices_another_file_and_a_document_that_is_not_there(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """What the next tests rely on: an invalid package is called so."""
    connection.execute("create table marts.dim_document as select 'd' as document_id")
    connection.execute("create table marts.t as select 'e' as document_id")
    key = ForeignKey(("document_id",), "marts", "dim_document", ("document_id",))
    relations = [
        described(connection, "marts.dim_document", primary_key=("document_id",)),
        described(connection, "marts.t", foreign_keys=(key,)),
    ]
    files = {each.full_name: write_table(connection, each, tmp_path, TableFormat.CSV) for each in relations}
    package = data_package("V1", "2026-03-01T12:00:00Z", relations, files)
    files["marts.dim_document"].write_text("document_id\nx\n", encoding="utf-8")
    found = {
        error
        for _, error in Package(package, basepath=str(tmp_path)).validate().flatten(["taskNumber", "type"])
    }
    assert {"hash-count", "foreign-key"} <= found


FISCAL_COLUMN_TYPES = Path(data_package_module.__file__).with_name("fiscal_column_types.csv")
VALIDATED = (
    "marts.dim_document",
    "marts.dim_form",
    "marts.dim_publisher",
    "marts.dim_region",
    "marts.fct_three_public",
    "meta.columns",
    "meta.tables",
)
"""Tables that refer to none but each other."""


@pytest.fixture(scope="module")
def folders(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[TableFormat, Path]:
    """The samples exported in both formats."""
    exported = {each: tmp_path_factory.mktemp("exported") / each for each in TableFormat}
    for file_format, folder in exported.items():
        disclosures(sample_warehouse, "export", str(folder), "--format", file_format)
    return exported


@pytest.mark.parametrize("file_format", list(TableFormat))
def test_every_published_table_is_in_the_package(
    sample_warehouse: Path, folders: dict[TableFormat, Path], file_format: TableFormat
) -> None:
    with duckdb.connect(sample_warehouse / "disclosures.duckdb", read_only=True) as connection:
        tables = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    package = Package(str(folders[file_format] / "datapackage.json"))  # fails unless the description is valid
    assert {resource.name for resource in package.resources} == {table for (table,) in tables}
    assert {path.name for path in folders[file_format].iterdir()} == {
        "datapackage.json",
        *(f"{table}.{file_format}" for (table,) in tables),
    }


def test_every_fiscal_column_type_is_of_a_column_that_is_exported(folders: dict[TableFormat, Path]) -> None:
    package = Package(str(folders[TableFormat.CSV] / "datapackage.json"))
    exported = {
        (name, field.name)
        for resource in package.resources
        for name in ("", resource.name.rpartition(".")[2])
        for field in resource.schema.fields
    }
    with FISCAL_COLUMN_TYPES.open(encoding="utf-8", newline="") as file:
        typed = [(row["table"], row["column"]) for row in csv.DictReader(file)]
    assert [each for each in typed if each not in exported] == []


def test_exported_csv_is_valid(folders: dict[TableFormat, Path]) -> None:
    package = Package(str(folders[TableFormat.CSV] / "datapackage.json"))
    for name in [name for name in package.resource_names if name not in VALIDATED]:
        package.remove_resource(name)
    report = package.validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "type", "note"]) == []
    assert report.stats["tasks"] == len(VALIDATED)


def test_exported_parquet_is_what_the_package_says(folders: dict[TableFormat, Path]) -> None:
    folder = folders[TableFormat.PARQUET]
    described = Package(str(folder / "datapackage.json"))
    inline = Package(name="inline")  # since frictionless reads Parquet files with pandas alone
    for name in VALIDATED:
        resource = described.get_resource(name)
        file = folder / f"{name}.parquet"
        assert (file.stat().st_size, resource.hash) == (resource.bytes, f"sha256:{sha256(file)}")
        rows = pl.read_parquet(file).to_dicts()
        inline.add_resource(TableResource(name=name, data=rows, schema=resource.schema))
    report = inline.validate()
    assert report.flatten(["name", "rowNumber", "fieldName", "type", "note"]) == []
    assert report.stats["tasks"] == len(VALIDATED)


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_what_parquet_holds_is_what_is_published(
    sample_warehouse: Path, folders: dict[TableFormat, Path]
) -> None:
    exported = folders[TableFormat.PARQUET] / "marts.fct_spending_lines.parquet"
    with duckdb.connect(sample_warehouse / "disclosures.duckdb", read_only=True) as connection:
        for one, other in (
            ("marts.fct_spending_lines", f"'{exported}'"),
            (f"'{exported}'", "marts.fct_spending_lines"),
        ):
            assert connection.execute(f"from {one} except from {other}").fetchall() == []
    assert pl.read_parquet_schema(exported)["amount_yuan"] == pl.Decimal(20, 2)


def test_what_csv_holds_is_what_parquet_holds(folders: dict[TableFormat, Path]) -> None:
    with (folders[TableFormat.CSV] / "marts.fct_spending_lines.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    frame = pl.read_parquet(folders[TableFormat.PARQUET] / "marts.fct_spending_lines.parquet")
    assert [Decimal(row["amount_yuan"]) for row in rows] == frame["amount_yuan"].to_list()
    assert [row["code"] or None for row in rows] == frame["code"].to_list()
