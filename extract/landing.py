"""The content-addressed store: every file's bytes once, under the SHA-256 of those bytes.

Layout under the store's root::

    objects/ab/abcdef…   the bytes, never edited
    catalogue.jsonl      one line per document and place where it was found; lines are only ever appended

Landing reads no clock and judges nothing: when a file was found is an argument, and what it is is decided
when it is read, from its bytes (:func:`LandingStore.fetch`). Only one process may land at a time.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from extract.media_type import media_type
from extract.sources.found import FoundFile

CATALOGUE_SCHEMA: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "file_name": pl.String(),
    "size_bytes": pl.Int64(),
    "uri": pl.String(),
    "stamp": pl.String(),
    "found_at": pl.String(),
    "source_id": pl.String(),
    "link_text": pl.String(),  # of entries written before there was one: none
    "published_on": pl.String(),  # a day (ISO), as the website says it
    "published_as": pl.String(),  # what says so: list_page | page
}

SAID_SCHEMA: dict[str, pl.DataType] = {
    "link_publisher": pl.String(),
    "link_year": pl.Int64(),
    "link_stage": pl.String(),
    "file_publisher": pl.String(),
    "file_year": pl.Int64(),
    "file_stage": pl.String(),
}
"""Whose and of when a document is, by the links' words and by the file's name and its folders."""
LISTING_SCHEMA: dict[str, pl.DataType] = {
    "uri": pl.String(),
    "file_name": pl.String(),
    "document_id": pl.String(),
    "is_new": pl.Boolean(),
    "problem": pl.String(),
    "source_id": pl.String(),
}

# File systems stamp changes with a coarse clock: a file that changed this shortly before it was found may
# change again without its stamp showing it, so such a stamp is not relied on.
_UNSETTLED = timedelta(seconds=2)
_TEMPORARY = ".landing-"
_LINES_PER_APPEND = 512


@dataclass(frozen=True, slots=True)
class LandedFile:
    """A landed document as its reader sees it.

    ``document_id`` is the SHA-256 of the bytes in hex, ``file_name`` the base name as first found,
    ``media_type`` comes from the bytes (``application/octet-stream`` when unknown).
    """

    document_id: str
    file_name: str
    media_type: str
    size_bytes: int


class CatalogueError(Exception):
    """A line of the catalogue is not one that landing wrote; the message says which and what to do."""


class _Latest(NamedTuple):
    """What was last found at a place."""

    document_id: str
    stamp: str | None
    size_bytes: int
    source_id: str | None
    published_on: str | None


class LandedBytesError(Exception):
    """The bytes of a landed document are gone or are no longer the ones that were landed."""


class LandingStore:
    """A content-addressed store under one folder. See the module for its layout and guarantees."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.catalogue_file = root / "catalogue.jsonl"
        self._objects = root / "objects"

    def land(
        self,
        files: Iterable[FoundFile],
        found_at: datetime,
        on_file: Callable[[int], None] = lambda landed: None,
    ) -> pl.DataFrame:
        """Keep the bytes of every file; give one row per file (:data:`LISTING_SCHEMA`), in the order found.

        A file that cannot be read has ``problem`` set and no ``document_id``; the others are landed all the
        same. ``is_new`` marks the first time these bytes are seen. Landing the same files again adds nothing.
        ``found_at`` is an aware time; ``on_file`` is told how many files have been looked at.
        """
        self._prepare()
        known, latest = self._known()
        outcomes: list[tuple[str, str, str | None, bool, str | None, str | None]] = []
        additions: list[dict[str, Any]] = []
        for count, found in enumerate(files, start=1):
            try:
                document_id, entry = self._land_one(found, found_at, latest.get(found.uri))
            except OSError as error:
                outcomes.append((found.uri, found.file_name, None, False, str(error), found.source_id))
            else:
                is_new = document_id not in known
                outcomes.append((found.uri, found.file_name, document_id, is_new, None, found.source_id))
                known.add(document_id)
                if entry is not None:
                    additions.append(entry)
                    latest[found.uri] = _Latest(**{name: entry[name] for name in _Latest._fields})
            if len(additions) >= _LINES_PER_APPEND:
                self._append(additions)
                additions = []
            on_file(count)
        self._append(additions)
        return pl.DataFrame(outcomes, schema=LISTING_SCHEMA, orient="row")

    def catalogue(self) -> pl.DataFrame:
        """One row per document and place where it was found (:data:`CATALOGUE_SCHEMA`), oldest first.

        Raises :class:`CatalogueError` when a line is damaged.
        """
        whole = self._whole_lines()
        if not whole:
            return pl.DataFrame(schema=CATALOGUE_SCHEMA)
        try:
            catalogue = pl.read_ndjson(whole, schema=CATALOGUE_SCHEMA)
        except pl.exceptions.PolarsError as error:
            raise self._damaged(whole) from error
        if catalogue["document_id"].null_count() or catalogue["uri"].null_count():
            raise self._damaged(whole)
        return catalogue

    def documents(self) -> pl.DataFrame:
        """One row per landed document: ``document_id``, ``file_name`` as first found, ``size_bytes``."""
        first = self.catalogue().unique("document_id", keep="first", maintain_order=True)
        return first.select("document_id", "file_name", "size_bytes")

    def stamps(self) -> Callable[[str], str | None]:
        """Give a function that tells the stamp of what was last found at a place, if that is still kept.

        A source can then ask whether it changed since, and need not fetch it. What is landed later is not in.
        """
        _, latest = self._known()

        def stamp(uri: str) -> str | None:
            found = latest.get(uri)
            return found.stamp if found is not None and self._is_kept(found) else None

        return stamp

    def object_path(self, document_id: str) -> Path:
        """Where the bytes of a document are kept."""
        return self._objects / document_id[:2] / document_id

    def fetch(self, document_id: str, file_name: str) -> tuple[LandedFile, bytes]:
        """Give a document's bytes, after checking that they are the ones that were landed.

        Raises :class:`LandedBytesError`, in words an operator can act on, when they are not.
        """
        path = self.object_path(document_id)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise LandedBytesError(
                f"its landed bytes cannot be read from {path} ({(error.strerror or str(error)).lower()}); "
                "put the file back in a source and run again"
            ) from error
        if content_id(data) != document_id:
            raise LandedBytesError(
                f"its landed bytes in {path} were damaged after landing; "
                "delete that file, put the original back in a source and run again"
            )
        return LandedFile(document_id, file_name, media_type(data), len(data)), data

    def _land_one(
        self, found: FoundFile, found_at: datetime, latest: _Latest | None
    ) -> tuple[str, dict[str, Any] | None]:
        """Land one file; give its document and the catalogue entry to add, if any."""
        stamp = found.stamp if _is_settled(found, found_at) else None
        # What was found before its source was declared gets an entry that names the source; what was found
        # before its website said when it was published gets one that says it.
        is_told = (
            latest is not None
            and (found.source_id is None or latest.source_id is not None)
            and (found.published is None or latest.published_on == found.published.on.isoformat())
        )
        if latest is not None and stamp is not None and stamp == latest.stamp and self._is_kept(latest):
            document_id, size = latest.document_id, latest.size_bytes
            if is_told:
                return document_id, None
        else:
            data = found.read()
            document_id, size = content_id(data), len(data)
            self._keep(document_id, data)
            is_known_here = latest is not None and latest.document_id == document_id
            if is_known_here and is_told and stamp is None:
                return document_id, None
        return document_id, {
            "document_id": document_id,
            "file_name": found.file_name,
            "size_bytes": size,
            "uri": found.uri,
            "stamp": stamp,
            "found_at": found_at.isoformat(),
            "source_id": found.source_id,
            "link_text": found.link_text,
            "published_on": found.published.on.isoformat() if found.published else None,
            "published_as": found.published.said_by if found.published else None,
        }

    def _is_kept(self, latest: _Latest) -> bool:
        try:
            return self.object_path(latest.document_id).stat().st_size == latest.size_bytes
        except FileNotFoundError:
            return False

    def _keep(self, document_id: str, data: bytes) -> None:
        """Write an object unless it is there already, whole; a crash leaves no part of one under its name."""
        path = self.object_path(document_id)
        if path.exists() and content_id(path.read_bytes()) == document_id:
            return
        path.parent.mkdir(exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=_TEMPORARY, dir=self._objects)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o444)
        Path(temporary).replace(path)

    def _prepare(self) -> None:
        """Make the folders; clear what a killed landing left: unfinished objects, a cut-off last line."""
        self._objects.mkdir(parents=True, exist_ok=True)
        for leftover in self._objects.glob(f"{_TEMPORARY}*"):
            leftover.unlink()
        whole = len(self._whole_lines())
        if self.catalogue_file.exists() and self.catalogue_file.stat().st_size > whole:
            os.truncate(self.catalogue_file, whole)

    def _known(self) -> tuple[set[str], dict[str, _Latest]]:
        """All known document ids, and per place what was last found there."""
        catalogue = self.catalogue()
        latest = catalogue.unique("uri", keep="last").select("uri", *_Latest._fields)
        return set(catalogue["document_id"]), {uri: _Latest(*found) for uri, *found in latest.iter_rows()}

    def _whole_lines(self) -> bytes:
        try:
            content = self.catalogue_file.read_bytes()
        except FileNotFoundError:
            return b""
        return content[: content.rfind(b"\n") + 1]

    def _damaged(self, whole: bytes) -> CatalogueError:
        """Name the first line that is no entry."""
        number = next((n for n, line in enumerate(whole.splitlines(), 1) if not _is_entry(line)), 0)
        return CatalogueError(
            f"line {number} of {self.catalogue_file} is damaged; take that line out: its document is landed "
            "again by the next run that finds it in a source"
        )

    def _append(self, entries: list[dict[str, Any]]) -> None:
        if not entries:
            return
        lines = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
        with self.catalogue_file.open("ab") as file:
            file.write(lines.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())


def _is_entry(line: bytes) -> bool:
    try:
        entry = json.loads(line)
    except ValueError:
        return False
    return isinstance(entry, dict) and bool(entry.get("document_id")) and bool(entry.get("uri"))


def _is_settled(found: FoundFile, found_at: datetime) -> bool:
    return found.changed_at is not None and found.changed_at < found_at - _UNSETTLED


def content_id(data: bytes) -> str:
    """SHA-256 of a document's bytes, in hex: the name under which they are landed and known everywhere."""
    return hashlib.sha256(data).hexdigest()
