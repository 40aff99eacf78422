"""The published file, opened so that nothing a query says can write or read anything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import duckdb

from orchestration.catalogue import Relation
from orchestration.command.terminal import UsageError
from orchestration.paths import Paths, command_as_typed
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


def version_in_words(paths: Paths, now: datetime | None = None) -> str:
    """Which version readers have, since when, and how long ago that was."""
    with published(paths) as connection:
        try:
            found = connection.execute("select version, published_at from meta.version").fetchone()
        except duckdb.CatalogException:  # of a release that did not name versions
            found = None
    if found is None:
        version = "a version without a name"
        moment = datetime.fromtimestamp(paths.published_file.stat().st_mtime, UTC)
    else:
        version, moment = f"version {found[0]}", found[1].replace(tzinfo=UTC)
    when = moment.astimezone().isoformat(sep=" ", timespec="seconds")
    return f"{version} of {when} ({_ago((now or datetime.now(UTC)) - moment)})"


def _ago(age: timedelta) -> str:
    units = (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1)))
    for name, length in units:
        if (count := age // length) >= 1:
            return f"{count:,} {name}{'' if count == 1 else 's'} ago"
    return "less than a minute ago"


def place_sql(source: str) -> str:
    """SQL for a place to read: the line, with the page before it where there are pages (``9:19``)."""
    return f"concat_ws(':', {source}.page_no, {source}.line_no)"


def rows(connection: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> list[Row]:
    """Every row of ``query``, in its order."""
    cursor = connection.execute(query, parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
