"""The published file: an immutable copy of what was built, swapped in so that readers never wait.

A DuckDB file cannot have a writer and readers at once, so readers get a file of their own. It is written
beside the old one and takes its name in one step: a reader sees the old warehouse or the new one, whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import duckdb

from orchestration.durable import TEMPORARY_PREFIX, replacing
from orchestration.progress import report

STEP = "publishing"
PUBLISHED_SCHEMAS = ("staging", "reconciliation", "marts")


def publish(build_file: Path, published_file: Path, relations: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Copy ``relations`` (schema and name) of ``build_file`` over ``published_file``; give the rows of each.

    Views become tables, since what they read is not published. Descriptions of schemas, tables and columns
    are copied. What else the build file holds, such as a table of a model that is gone, is not published.
    Raises :class:`FileNotFoundError` when nothing was built, :class:`duckdb.Error` when a relation was not.
    """
    if not build_file.exists():
        raise FileNotFoundError(f"there is nothing to publish: {build_file} does not exist")
    for leftover in published_file.parent.glob(f"{TEMPORARY_PREFIX}*"):  # of a publish that was killed
        leftover.unlink()
    with replacing(published_file) as unfinished, closing(duckdb.connect(unfinished)) as connection:
        # Under the name that it was built under, since views name it.
        build = build_file.stem
        connection.execute(f"attach {_literal(str(build_file))} as {_identifier(build)} (read_only)")
        rows = {}
        for count, (schema, table) in enumerate(relations, start=1):
            rows[f"{schema}.{table}"] = _copy(connection, build, schema, table)
            report(STEP, count, len(relations))
        _copy_comments(connection, build, relations)
        connection.close()  # before it takes its name: closing writes what is still in memory
    return rows


def _copy(connection: duckdb.DuckDBPyConnection, build: str, schema: str, table: str) -> int:
    name = f"{_identifier(schema)}.{_identifier(table)}"
    connection.execute(f"create schema if not exists {_identifier(schema)}")
    created = connection.execute(
        f"create table {name} as select * from {_identifier(build)}.{name}"
    ).fetchone()
    return int(created[0]) if created else 0


def _copy_comments(
    connection: duckdb.DuckDBPyConnection, build: str, relations: Sequence[tuple[str, str]]
) -> None:
    schemas = {schema for schema, _ in relations}
    described = connection.execute(
        """
        select 'schema' as kind, schema_name, null as table_name, null as column_name, comment
        from duckdb_schemas() where database_name = $build
        union all
        select 'table', schema_name, table_name, null, comment
        from duckdb_tables() where database_name = $build
        union all
        select 'table', schema_name, view_name, null, comment
        from duckdb_views() where database_name = $build
        union all
        select 'column', schema_name, table_name, column_name, comment
        from duckdb_columns() where database_name = $build
        """,
        {"build": build},
    ).fetchall()
    for kind, schema, table, column, comment in described:
        if comment is not None and (schema in schemas if table is None else (schema, table) in relations):
            name = ".".join(_identifier(part) for part in (schema, table, column) if part is not None)
            connection.execute(f"comment on {kind} {name} is {_literal(comment)}")


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
