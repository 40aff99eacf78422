"""A staged column exists in the records, in the lake, in dbt's contract and in its SQL, or nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import get_args, get_type_hints

import polars as pl
import pytest
import yaml

from extract.records import RECORDS, Record, schema
from orchestration.lake import LANDINGS_SCHEMA

STAGING = Path(__file__).parents[2] / "dbt_project" / "models" / "staging"
BY_TABLE = pytest.mark.parametrize("record", RECORDS, ids=[record.table for record in RECORDS])


def model(record: type[Record]) -> dict[str, object]:
    """The dbt properties of the model of one record."""
    (declared,) = yaml.safe_load((STAGING / f"stg_{record.table}.yml").read_text(encoding="utf-8"))["models"]
    return declared


def sql_type(dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Decimal):
        return f"decimal({dtype.precision},{dtype.scale})"
    return {pl.String(): "varchar", pl.Int64(): "bigint", pl.Boolean(): "boolean"}[dtype]


@BY_TABLE
def test_the_contract_lists_the_records_columns_in_order_with_their_types(record: type[Record]) -> None:
    declared = [(column["name"], column["data_type"]) for column in model(record)["columns"]]
    assert declared == [(name, sql_type(dtype)) for name, dtype in schema(record).items()]


@BY_TABLE
def test_a_column_is_not_null_in_the_contract_exactly_where_the_record_is_never_none(
    record: type[Record],
) -> None:
    hints = get_type_hints(record)
    declared = {
        column["name"]: {"type": "not_null"} in column.get("constraints", [])
        for column in model(record)["columns"]
    }
    assert declared == {name: type(None) not in get_args(hints[name]) for name in schema(record)}


@BY_TABLE
def test_the_table_has_the_name_that_the_published_contract_promises(record: type[Record]) -> None:
    assert model(record)["name"] == f"stg_{record.table}"
    assert model(record)["config"] == {"alias": record.table}


def test_every_staging_model_has_a_record_but_the_one_about_landing() -> None:
    assert {path.stem for path in STAGING.glob("*.sql")} == {
        *(f"stg_{record.table}" for record in RECORDS),
        "stg_landings",
    }


def test_what_landing_knows_has_the_columns_of_the_lake() -> None:
    (declared,) = yaml.safe_load((STAGING / "stg_landings.yml").read_text(encoding="utf-8"))["models"]
    assert [column["name"] for column in declared["columns"]] == list(LANDINGS_SCHEMA)


def test_the_lake_is_declared_with_the_staged_tables_the_landings_the_manifest_and_no_more() -> None:
    (lake,) = yaml.safe_load((STAGING / "lake.yml").read_text(encoding="utf-8"))["sources"]
    assert {table["name"] for table in lake["tables"]} == {record.table for record in RECORDS} | {
        "landings",
        "manifest",
    }
