"""Names of files that every operating system takes, one for each of the names that people gave."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # devices of Windows
_LONGEST = 180  # bytes; file systems take 255, and unfinished files have a longer name


def file_stems(names: Iterable[str]) -> dict[str, str]:
    """A different file stem for each of ``names``, also where they differ in forbidden characters or case."""
    stems: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        stem = _stem(name)
        number = 1
        while (candidate := stem if number == 1 else f"{stem} ({number})").casefold() in taken:
            number += 1
        taken.add(candidate.casefold())
        stems[name] = candidate
    return stems


def _stem(name: str) -> str:
    cleaned = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name))
    shortened = cleaned.encode()[:_LONGEST].decode(errors="ignore").strip(" .")
    return f"_{shortened}" if not shortened or _RESERVED.fullmatch(shortened) else shortened
