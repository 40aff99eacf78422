"""``disclosures sql``: one query on the published file."""

from __future__ import annotations

import csv
import json
import os
import re
import sys
from collections.abc import Sequence
from decimal import Decimal
from itertools import islice

import duckdb
from rich.table import Table

from orchestration.command.options import Format
from orchestration.command.published import published
from orchestration.command.terminal import UsageError, escape, messages, output
from orchestration.home.paths import Paths

_MOST_ROWS_IN_A_TABLE = 200
# `pivot` without a list of values is two statements: a temporary type, and the query.
_ASKS, _PREPARES = ("SELECT", "EXPLAIN"), ("CREATE",)
# Functions that change the process instead of asking the file, and DuckDB may abort it; and those that run a
# text, which may be put together of parts and call any of the others.
_CHANGES_THE_PROCESS = re.compile(
    r"\b(?:en|dis)able_(?:logging|profiling|profile)\b|\btruncate_duckdb_logs\b|\bwrite_log\b|checkpoint\b"
    r"|\bjson_execute_serialized_sql\b|\bquery\b\"?(?:\s|/\*.*?\*/|--[^\n]*\n)*\(",
    re.IGNORECASE | re.DOTALL,
)
_ROWS_AT_A_TIME = 10_000


def run_query(paths: Paths, query: str, shape: Format) -> None:
    """Print the rows of ``query``. Raises :class:`UsageError` when DuckDB refuses it."""
    query = _as_typed(query)
    with published(paths) as connection:
        try:
            _refuse_what_asks_nothing(connection, query)
            cursor = connection.execute(query)
            names = [str(column[0]) for column in cursor.description or []]
            {Format.TABLE: _print_table, Format.CSV: _print_csv, Format.JSON: _print_json}[shape](
                cursor, names
            )
        except duckdb.Error as error:
            raise UsageError(f"DuckDB refuses the query: {error}") from error


def _as_typed(query: str) -> str:
    """A query that came from a terminal which is said to know ASCII alone, as it was typed there."""
    try:
        query.encode()
    except UnicodeEncodeError:
        return os.fsencode(query).decode("utf-8", "replace")
    return query


def _refuse_what_asks_nothing(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Raises :class:`UsageError` for an empty query, and for statements that are no questions."""
    kinds = [statement.type.name for statement in connection.extract_statements(query)]
    if not kinds:
        raise UsageError("The query is empty.")
    refused = [kind for kind in kinds if kind not in (*_ASKS, *_PREPARES)] or [
        kind for kind in kinds[-1:] if kind not in _ASKS
    ]
    if refused or _CHANGES_THE_PROCESS.search(query):
        what = refused[0].lower() if refused else "a function that changes the process"
        raise UsageError(f"Only questions are asked here (select, from, show, describe), not {what}.")


def _rows(cursor: duckdb.DuckDBPyConnection) -> Sequence[tuple[object, ...]]:
    return cursor.fetchmany(_ROWS_AT_A_TIME)


def _print_table(cursor: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    rows = cursor.fetchmany(_MOST_ROWS_IN_A_TABLE + 1)
    table = Table(show_edge=False)
    for number, name in enumerate(names):
        is_number = any(isinstance(row[number], int | float | Decimal) for row in rows)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in islice(rows, _MOST_ROWS_IN_A_TABLE):
        table.add_row(*(_cell(value) for value in row))
    output().print(table)
    if len(rows) > _MOST_ROWS_IN_A_TABLE:
        messages().print(f"Only the first {_MOST_ROWS_IN_A_TABLE} rows are shown; --format csv prints all.")


def _print_csv(cursor: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    while rows := _rows(cursor):
        writer.writerows(rows)


def _print_json(cursor: duckdb.DuckDBPyConnection, names: Sequence[str]) -> None:
    """Print a list of objects; decimals are strings, so that no reader of them makes them floats."""
    separator = "[\n"
    while rows := _rows(cursor):
        for row in rows:
            record = json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=str)
            sys.stdout.write(separator + record)
            separator = ",\n"
    sys.stdout.write("[]\n" if separator == "[\n" else "\n]\n")


def _cell(value: object) -> str:
    if value is None:
        return ""
    # Brackets would be taken for rich's markup.
    return escape(f"{value:,}" if isinstance(value, Decimal) else str(value))
