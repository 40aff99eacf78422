"""What is remembered of a website between two visits: how to ask whether something is new, what was there."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from extract.sources.website.answer import Validators
from extract.sources.website.pages import Link, Page

_LONGEST_PAUSE = timedelta(days=28)
_EARLIER = timedelta(hours=4)
"""Visits do not begin at the same minute each day, and what was left alone for a day is due at the next."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be had at ``times`` visits on end, under the same ``declaration`` of its source."""

    reason: str
    declaration: str
    times: int
    last: datetime

    @property
    def pause(self) -> timedelta:
        """How long it is left alone: about a day, then twice as long each time, but four weeks at most."""
        return min(_LONGEST_PAUSE, timedelta(days=2 ** min(self.times - 1, 10))) - _EARLIER

    def is_due(self, now: datetime) -> bool:
        """Whether to ask again; also when the clock was put back behind the last time."""
        return not self.last <= now < self.last + self.pause


@dataclass(frozen=True, slots=True)
class Remembered:
    """One address: validators, digest of the bytes; for a page what it links to, for robots.txt its text.

    ``failure`` says why there is nothing; ``validators`` are then of what is not taken, if it has any.
    """

    validators: Validators
    sha256: str = ""
    page: Page | None = None
    file_name: str | None = None
    text: str | None = None
    failure: Failure | None = None


class Rest(NamedTuple):
    """An address that a visit did not get to: a ``list`` page, a ``detail`` page or a ``file``."""

    kind: str
    address: str
    words: str = ""
    name: str = ""
    depth: int = 0


@dataclass(slots=True)
class Counts:
    """What one visit did, and what it left out and why."""

    requests: int = 0
    files: int = 0  # documents that came anew
    bytes: int = 0  # of these
    forbidden: int = 0  # by robots.txt
    unparsed: int = 0  # pages that are no HTML
    same_words: int = 0  # pages that say what another page of the visit says
    left: int = 0  # for the next visit
    limit: str = ""  # the one that ended it


class Visited:
    """The addresses of one source. Kept in a file, written whole or not at all; beside it, how a visit ended.

    Losing it costs nothing but requests: everything is asked again.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._remembered = _read(file)
        self.rest = _rest(file)
        """What the last visit did not get to, in its order."""
        self.counts = Counts()
        """Of the visit that is going on."""

    def __getitem__(self, address: str) -> Remembered | None:
        return self._remembered.get(address)

    def __setitem__(self, address: str, remembered: Remembered) -> None:
        self._remembered[address] = remembered

    def landed_pages(self, stamp_of: Callable[[str], str | None]) -> Iterator[tuple[str, Page]]:
        """The pages whose text was landed and is as it was remembered, with their addresses."""
        for address, about in self._remembered.items():
            if about.page is not None and about.sha256 and stamp_of(address) == about.sha256:
                yield address, about.page

    def save(self) -> None:
        """Write what is remembered now."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        _write(self._file, {address: _written(about) for address, about in self._remembered.items()})
        _write(_beside(self._file), {"rest": self.rest, "counts": asdict(self.counts)})


def counts_of(file: Path) -> Counts | None:
    """The counts of the last visit that is remembered in ``file``; None where nothing is."""
    written = _json(_beside(file))
    try:
        return Counts(**written["counts"])
    except (TypeError, KeyError):
        return None


def _written(about: Remembered) -> dict[str, Any]:
    """One address as JSON has it; the links of its page, of which there may be many, are not copied."""
    return {
        **{each.name: getattr(about, each.name) for each in fields(about)},
        "validators": asdict(about.validators),
        "failure": asdict(about.failure) if about.failure else None,
    }


def _beside(file: Path) -> Path:
    return file.with_suffix(".visit.json")


def _write(file: Path, content: object) -> None:
    unfinished = file.with_name(f".{os.getpid()}-{file.name}")
    unfinished.write_text(
        json.dumps(content, ensure_ascii=False, default=datetime.isoformat), encoding="utf-8"
    )
    unfinished.replace(file)


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _rest(file: Path) -> list[Rest]:
    written = _json(_beside(file))
    try:
        return [Rest(*each) for each in written["rest"]]
    except (TypeError, KeyError):
        return []


def _read(file: Path) -> dict[str, Remembered]:
    try:
        written = json.loads(file.read_text(encoding="utf-8"))
        return {address: _remembered(about) for address, about in written.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _remembered(about: dict[str, Any]) -> Remembered:
    page, failure = about["page"], about.get("failure")
    return Remembered(
        Validators(**about["validators"]),
        str(about["sha256"]),
        # named tuples became lists
        Page([Link(*link) for link in page[0]], *page[1:]) if page else None,
        about["file_name"],
        about.get("text"),
        Failure(**{**failure, "last": datetime.fromisoformat(failure["last"])}) if failure else None,
    )
