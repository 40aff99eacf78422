"""Questions to the published file: read-only, bounded in time, of the version that is the newest when asked.

A version's file never changes (see :mod:`orchestration.publishing`), so a connection to it is kept, and a
request works on one version from its first question to its last, whatever is published meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, Timer
from typing import Any, NamedTuple

import duckdb

from orchestration.command.terminal import UsageError
from orchestration.home.paths import Paths, command_as_typed

SECONDS = 20.0
"""How long one question may take."""
MEMORY = "1GB"
_MOST_COUNTED = 1_000

Row = Mapping[str, Any]


class TooSlowError(Exception):
    """A question took longer than it may."""


class Answer(NamedTuple):
    """Rows with what their columns are called and of which type of DuckDB they are."""

    names: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Any, ...]]


class Asking:
    """The questions of one request, all to one version of the published file."""

    def __init__(
        self,
        cursor: duckdb.DuckDBPyConnection,
        version: str,
        seconds: float,
        counted: dict[tuple[str, str, str], int],
    ) -> None:
        self._cursor = cursor
        self._seconds = seconds
        self._counted = counted
        self.version = version

    def answer(self, query: str, parameters: Mapping[str, Any] | None = None) -> Answer:
        """Ask one question. Raises :class:`TooSlowError`, and what DuckDB raises."""
        timer = Timer(self._seconds, self._cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            cursor = self._cursor.execute(query, dict(parameters or {}))
            described = cursor.description or []
            return Answer(
                tuple(str(column[0]) for column in described),
                tuple(str(column[1]) for column in described),
                cursor.fetchall(),
            )
        except duckdb.InterruptException as error:
            raise TooSlowError(f"a question took longer than {self._seconds:g} seconds") from error
        finally:
            timer.cancel()

    def rows(self, query: str, **parameters: Any) -> list[Row]:
        """Every row as a mapping from names of columns."""
        found = self.answer(query, parameters)
        return [dict(zip(found.names, row, strict=True)) for row in found.rows]

    def row(self, query: str, **parameters: Any) -> Row | None:
        """The first row, or ``None``."""
        return next(iter(self.rows(query, **parameters)), None)

    def count(self, query: str, parameters: Mapping[str, Any]) -> int:
        """How many rows a question has, counted once for each version: its other pages ask it again."""
        key = (self.version, query, repr(sorted(parameters.items())))
        if key not in self._counted:
            if len(self._counted) >= _MOST_COUNTED:
                self._counted.clear()
            self._counted[key] = self.value(f"select count(*) from ({query})", **parameters)
        return self._counted[key]

    def value(self, query: str, **parameters: Any) -> Any:
        """The first column of the first row, or ``None``."""
        found = self.answer(query, parameters).rows
        return found[0][0] if found else None


class Published:
    """The published file of one home."""

    def __init__(self, paths: Paths, seconds: float = SECONDS) -> None:
        self._paths = paths
        self._seconds = seconds
        self._lock = Lock()
        self._file: Path | None = None
        self._counted: dict[tuple[str, str, str], int] = {}
        self._connection: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def asking(self) -> Iterator[Asking]:
        """Questions to the newest version. Raises :class:`UsageError` when nothing is published."""
        connection, version = self._newest()
        cursor = connection.cursor()
        try:
            yield Asking(cursor, version, self._seconds, self._counted)
        finally:
            cursor.close()

    def _newest(self) -> tuple[duckdb.DuckDBPyConnection, str]:
        with self._lock:
            file = self._newest_file()
            if self._connection is None or file != self._file:
                # Cursors of the old connection keep it until they are closed.
                self._connection = _opened(file)
                self._file = file
            return self._connection, file.stem.partition("_")[2]

    def _newest_file(self) -> Path:
        """The file of the newest version under its own name, so that a publish does not move it."""
        try:
            manifest = json.loads(self._paths.published_manifest.read_text(encoding="utf-8"))
            file = self._paths.published_folder / Path(manifest["file"]).name
        except (FileNotFoundError, KeyError, ValueError):
            file = self._paths.published_file
        if not file.exists():
            file = self._paths.published_file
        if not file.exists():
            raise UsageError(
                f"Nothing has been published in {self._paths.home} yet. Run `{command_as_typed()} run` first."
            )
        return file


def _opened(file: Path) -> duckdb.DuckDBPyConnection:
    settings: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": "false",
        "memory_limit": MEMORY,
        "lock_configuration": "true",
    }
    return duckdb.connect(file, read_only=True, config=settings)


def like(text: str) -> Sequence[str]:
    """The words of a search, each of which must be contained."""
    return [word for word in text.split() if word][:8]
