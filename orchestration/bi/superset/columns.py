"""The columns of a dataset of Superset, with the words that the published file has for them."""

from __future__ import annotations

import re
from typing import Any

import duckdb

_TABLE = re.compile(r"\b(?:from|join)\s+(\w+)\.(\w+)", re.IGNORECASE)
_CHINESE = re.compile(r" ｜ (?P<name>[^：]+)")


def columns_of(connection: duckdb.DuckDBPyConnection, dataset: dict[str, Any]) -> list[dict[str, Any]]:
    """Name, type, label and description of each column that ``dataset`` gives, as Superset's files have them.

    A dataset is a table (``schema``, ``table_name``) or a query (``sql``); a column of a query is described
    as the column of that name in the first of its tables that has one.
    Raises :class:`duckdb.Error` when the published file cannot answer it.
    """
    query = dataset.get("sql") or f"from {dataset['schema']}.{dataset['table_name']}"
    comments = _comments(connection, _TABLE.findall(query))
    described = connection.execute(f"describe {query}").fetchall()
    return [
        {
            "column_name": name,
            "verbose_name": label(name, comments.get(name)),
            "description": comments.get(name),
            "type": data_type,
            "is_dttm": False,
            "is_active": True,
            "groupby": True,
            "filterable": True,
        }
        for name, data_type, *_ in described
    ]


def label(name: str, comment: str | None) -> str:
    """The Chinese name in ``comment`` beside the column's own, where there is one: 年度 fiscal_year."""
    chinese = _CHINESE.search(comment or "")
    return f"{chinese['name']} {name}" if chinese else name


def _comments(connection: duckdb.DuckDBPyConnection, tables: list[tuple[str, str]]) -> dict[str, str]:
    comments: dict[str, str] = {}
    for schema, table in reversed(tables):
        comments.update(
            connection.execute(
                """
                select column_name, comment from duckdb_columns()
                where schema_name = ? and table_name = ? and comment is not null
                """,
                [schema, table],
            ).fetchall()
        )
    return comments
