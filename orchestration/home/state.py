"""What a warehouse remembers beside its data: one SQLite file, with one writer at a time.

- ``files``: size, time and SHA-256 of each file of the lake, as it was written.
- ``put_off``: documents that keep the others waiting, to be read apart.
- ``visits``: when each source was visited last, and what came of it.
- ``facts``: what the published file was made from; the moment of a shared lake that the build is about.

Each change is one transaction, on the disk before the call returns; a process that is killed leaves the state
before it or after it. All of it can be lost: documents are then built and published again, and sources are
visited at once. A file that cannot be read is set aside by the next writer.

Earlier programs kept these things in files of their own. Their home is read as it is, and the first writer
takes them over, all at once (:data:`TAKEN_OVER`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Fact = Literal["published_from", "shared_snapshot"]

TAKEN_OVER = (
    "put_off.json",
    "*/batch=*/checksums.json",
    "../landing/visits.json",
    "../build/published_from.sha256",
    "../build/shared_snapshot",
)
"""The files of earlier programs, as seen from the folder of the state."""
STATE_FILE = "state.sqlite"

_VERSION = 1
_SECONDS_FOR_OTHERS = 30
_TABLES = """
    create table files (
        layer text not null, batch text not null, name text not null,
        size_bytes integer not null, changed_ns integer not null, sha256 text not null,
        primary key (layer, batch, name)
    ) without rowid;
    create table put_off (document_id text primary key) without rowid;
    create table visits (
        source_id text primary key, visited_at text not null, found integer not null, failed integer not null,
        succeeded_at text, new_at text
    ) without rowid;
    create table facts (name text primary key, value text not null) without rowid;
"""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file of the lake as it was written."""

    size_bytes: int
    changed_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Visit:
    """The last visit to a source. Times are in ISO 8601 with their offset."""

    visited_at: str
    found: int
    failed: int
    succeeded_at: str | None = None
    """When something could be listed and nothing failed."""
    new_at: str | None = None
    """When it last had a document that was new."""


class State:
    """The state of one warehouse, in ``file``, beside its Parquet."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def files_of(self, layer: str, batch: str) -> dict[str, WrittenFile]:
        """The files of a batch as they were written, by name; none of what an early program wrote."""
        query = "select name, size_bytes, changed_ns, sha256 from files where layer = ? and batch = ?"
        return {name: WrittenFile(*about) for name, *about in self._rows(query, layer, batch)}

    def set_files(self, layer: str, batch: str, files: Mapping[str, WrittenFile]) -> None:
        """Put down what the files of a batch are, in place of what was known of it."""
        with self._writing() as connection:
            connection.execute("delete from files where layer = ? and batch = ?", (layer, batch))
            connection.executemany(
                "insert into files values (?, ?, ?, ?, ?, ?)", _rows_of(layer, batch, files)
            )

    def keep_files(self, layer: str, batches: Collection[str]) -> None:
        """Forget the files of all other batches of a layer."""
        known = {batch for (batch,) in self._rows("select distinct batch from files where layer = ?", layer)}
        if gone := known.difference(batches):
            with self._writing() as connection:
                connection.executemany(
                    "delete from files where layer = ? and batch = ?", [(layer, batch) for batch in gone]
                )

    def put_off(self) -> frozenset[str]:
        """The documents that took too long to keep the others waiting, and are still to be read."""
        return frozenset(document_id for (document_id,) in self._rows("select document_id from put_off"))

    def set_put_off(self, document_ids: Iterable[str]) -> None:
        """Remember which documents are read apart from the others, the next time that anything is read."""
        with self._writing() as connection:
            connection.execute("delete from put_off")
            connection.executemany("insert into put_off values (?)", [(each,) for each in document_ids])

    def visits(self) -> dict[str, Visit]:
        """The last visit to each source by its id."""
        query = (
            "select source_id, visited_at, found, failed, succeeded_at, new_at from visits order by source_id"
        )
        return {source_id: Visit(*about) for source_id, *about in self._rows(query)}

    def add_visits(self, visits: Mapping[str, Visit]) -> None:
        """Remember some visits, each in place of the one before it to the same source."""
        with self._writing() as connection:
            _add_visits(connection, visits)

    def fact(self, name: Fact) -> str | None:
        """One thing that is remembered."""
        return next(
            (str(value) for (value,) in self._rows("select value from facts where name = ?", name)), None
        )

    def set_fact(self, name: Fact, value: str | None) -> None:
        """Remember one thing, or nothing in its place."""
        with self._writing() as connection:
            _set_fact(connection, name, value)

    def set_aside_if_unreadable(self) -> Path | None:
        """Rename a file that cannot be read; give its new name, or ``None`` when it can be."""
        if self.is_readable():
            return None
        aside = self.file.with_suffix(".damaged")
        self.file.replace(aside)
        self.file.with_name(f"{self.file.name}-journal").unlink(missing_ok=True)
        return aside

    def is_readable(self) -> bool:
        """Whether the file is whole, or not there."""
        if not self.file.exists():
            return True
        try:
            with closing(self._opened("rw")) as connection:
                ((said,),) = connection.execute("pragma quick_check(1)").fetchall()
                return bool(said == "ok")
        except sqlite3.OperationalError:
            raise  # it may be readable: the disk is full, or somebody else has it
        except sqlite3.DatabaseError:
            return False

    def _rows(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        """Rows of a question; of one to a file that cannot be read, none."""
        try:
            with closing(self._readable()) as connection:
                return connection.execute(query, values).fetchall()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            return []

    def _readable(self) -> sqlite3.Connection:
        """The file, or, where there is none yet, what earlier programs left in its stead."""
        if self.file.exists():
            connection = self._opened("rw")  # what a killed writer left is rolled back by whoever comes next
            try:
                if _version(connection) == _VERSION:
                    return connection
            except sqlite3.DatabaseError:
                connection.close()
                raise
            connection.close()
        connection = sqlite3.connect(":memory:")
        connection.executescript(_TABLES)
        self._take_over(connection)
        return connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction. What the block raises undoes it."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._opened("rwc")) as connection:
            connection.execute("begin immediate")
            left: list[Path] = []
            try:
                if _version(connection) != _VERSION:
                    for statement in filter(str.strip, _TABLES.split(";")):
                        connection.execute(statement)
                    left = self._take_over(connection)
                    connection.execute(f"pragma user_version = {_VERSION}")
                yield connection
                connection.execute("commit")
            except BaseException:
                if connection.in_transaction:  # a full disk has undone it already
                    connection.execute("rollback")
                raise
        for file in left:
            file.unlink(missing_ok=True)

    def _opened(self, mode: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.file.absolute().as_uri()}?mode={mode}",
            uri=True,
            timeout=_SECONDS_FOR_OTHERS,
            isolation_level=None,
        )
        connection.execute("pragma synchronous = full")
        return connection

    def _take_over(self, connection: sqlite3.Connection) -> list[Path]:
        """Insert what earlier programs kept in files; give these."""
        left = [file for pattern in TAKEN_OVER for file in _found(self.file.parent, pattern)]
        for file in left:
            # damaged: as if it were not there
            with suppress(OSError, ValueError, TypeError, AttributeError, KeyError, sqlite3.IntegrityError):
                _take_over(connection, file)
        return left


def _found(folder: Path, pattern: str) -> Iterator[Path]:
    if pattern.startswith("../"):
        file = folder.parent / pattern.removeprefix("../")
        return iter([file] if file.is_file() else [])
    return folder.glob(pattern)


def _take_over(connection: sqlite3.Connection, file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    match file.name:
        case "checksums.json":
            files = {name: WrittenFile(**about) for name, about in json.loads(text).items()}
            layer, batch = file.parent.parent.name, file.parent.name.removeprefix("batch=")
            connection.executemany(
                "insert into files values (?, ?, ?, ?, ?, ?)", _rows_of(layer, batch, files)
            )
        case "put_off.json":
            connection.executemany(
                "insert into put_off values (?)", [(str(each),) for each in json.loads(text)]
            )
        case "visits.json":
            _add_visits(connection, {name: Visit(**about) for name, about in json.loads(text).items()})
        case "published_from.sha256":
            _set_fact(connection, "published_from", text)
        case "shared_snapshot":
            _set_fact(connection, "shared_snapshot", text)


def _rows_of(
    layer: str, batch: str, files: Mapping[str, WrittenFile]
) -> list[tuple[str, str, str, int, int, str]]:
    return [
        (layer, batch, name, file.size_bytes, file.changed_ns, file.sha256) for name, file in files.items()
    ]


def _add_visits(connection: sqlite3.Connection, visits: Mapping[str, Visit]) -> None:
    connection.executemany(
        "insert or replace into visits values (?, ?, ?, ?, ?, ?)",
        [
            (source_id, visit.visited_at, visit.found, visit.failed, visit.succeeded_at, visit.new_at)
            for source_id, visit in visits.items()
        ],
    )


def _set_fact(connection: sqlite3.Connection, name: Fact, value: str | None) -> None:
    connection.execute("delete from facts where name = ?", (name,))
    if value is not None:
        connection.execute("insert into facts values (?, ?)", (name, value))


def _version(connection: sqlite3.Connection) -> int:
    ((version,),) = connection.execute("pragma user_version").fetchall()
    return int(version)
