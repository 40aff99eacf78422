"""The published file, opened so that nothing a query says can write or read anything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager

import duckdb

from orchestration.building.catalogue import Relation
from orchestration.command.terminal import UsageError
from orchestration.home.paths import Paths, command_as_typed
from orchestration.publishing.meta import read_meta

Row = Mapping[str, object]
"""Values by name of their column."""


@contextmanager
def published(paths: Paths) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection without access to files, network or extensions, whose settings are locked.

    Raises :class:`UsageError` when nothing has been published yet.
    """
    if not paths.published_file.exists():
        raise UsageError(
            f"Nothing has been published in {paths.home} yet. Run `{command_as_typed()} run` first."
        )
    settings: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "lock_configuration": "true",
    }
    with closing(duckdb.connect(paths.published_file, read_only=True, config=settings)) as connection:
        yield connection


def catalogue(connection: duckdb.DuckDBPyConnection) -> list[Relation]:
    """What the published file holds, as it says itself.

    Raises :class:`UsageError` when it was published by a release whose files do not say it.
    """
    try:
        return read_meta(connection)
    except duckdb.CatalogException as error:
        raise UsageError(
            "The published file is of an older release, which did not describe its tables. "
            f"Run `{command_as_typed()} run` to publish it again."
        ) from error


def place_sql(source: str) -> str:
    """SQL for a place to read: the line, with the page before it where there are pages (``9:19``)."""
    return f"concat_ws(':', {source}.page_no, {source}.line_no)"


def rows(connection: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> list[Row]:
    """Every row of ``query``, in its order."""
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
