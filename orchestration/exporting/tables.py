"""A published table as a Parquet or CSV file, written by DuckDB itself, whole or not at all."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import duckdb

from orchestration.building.catalogue import Relation
from orchestration.exporting.csv_cells import cell
from orchestration.home.durable import replacing
from orchestration.texts.quoting import identifier, literal

_BYTE_ORDER_MARK = "\ufeff"  # without it, spreadsheet programs take Chinese text for another encoding


class TableFormat(StrEnum):
    """The formats of one file per table."""

    PARQUET = "parquet"
    CSV = "csv"


def write_table(
    connection: duckdb.DuckDBPyConnection, relation: Relation, folder: Path, file_format: TableFormat
) -> Path:
    """Write ``schema.table.parquet`` or ``.csv`` into ``folder``; give its path."""
    file = folder / f"{relation.full_name}.{file_format}"
    query = _as_csv(relation) if file_format is TableFormat.CSV else f"from {_table(relation)}"
    options = "format csv, header true" if file_format is TableFormat.CSV else "format parquet"
    with replacing(file) as unfinished:
        connection.execute(f"copy ({query}) to {literal(str(unfinished))} ({options})")
    return file


def _as_csv(relation: Relation) -> str:
    columns = [
        f"{cell(column)} as {identifier(_header(relation, column.name))}" for column in relation.columns
    ]
    return f"select {', '.join(columns)} from {_table(relation)}"


def _header(relation: Relation, column: str) -> str:
    return f"{_BYTE_ORDER_MARK}{column}" if column == relation.columns[0].name else column


def _table(relation: Relation) -> str:
    return identifier(relation.schema, relation.name)
