"""What is remembered of a website between two visits: how to ask whether something is new, what was there."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

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


class Visited:
    """The addresses of one source. Kept in a file, written whole or not at all.

    Losing it costs nothing but requests: everything is asked again.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._remembered = _read(file)

    def __getitem__(self, address: str) -> Remembered | None:
        return self._remembered.get(address)

    def __setitem__(self, address: str, remembered: Remembered) -> None:
        self._remembered[address] = remembered

    def save(self) -> None:
        """Write what is remembered now."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._file.with_name(f".{os.getpid()}-{self._file.name}")
        written = {address: asdict(remembered) for address, remembered in self._remembered.items()}
        as_json = json.dumps(written, ensure_ascii=False, default=datetime.isoformat)
        unfinished.write_text(as_json, encoding="utf-8")
        unfinished.replace(self._file)


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
