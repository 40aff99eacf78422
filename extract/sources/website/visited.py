"""What is remembered of a website between two visits: how to ask whether something is new, what was there."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from extract.sources.website.answer import Validators
from extract.sources.website.pages import Link, Page


@dataclass(frozen=True, slots=True)
class Remembered:
    """One address: validators, digest of the bytes, and for a page what it links to."""

    validators: Validators
    sha256: str
    page: Page | None = None
    file_name: str | None = None


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
        unfinished.write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
        unfinished.replace(self._file)


def _read(file: Path) -> dict[str, Remembered]:
    try:
        written = json.loads(file.read_text(encoding="utf-8"))
        return {address: _remembered(about) for address, about in written.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _remembered(about: dict[str, object]) -> Remembered:
    validators, page = about["validators"], about["page"]
    assert isinstance(validators, dict)
    # named tuples became lists
    links = page and Page([Link(*link) for link in page[0]], list(page[1]))  # type: ignore[index]
    return Remembered(Validators(**validators), str(about["sha256"]), links or None, about["file_name"])  # type: ignore[arg-type]
