"""What the configured sources have at this moment."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from extract.sources import FoundFile, find_files
from orchestration.paths import Paths


class MissingSourceError(ValueError):
    """A folder that should be searched does not exist."""


def list_sources(paths: Paths, sources: Sequence[Path] = ()) -> list[FoundFile]:
    """Every file of ``sources`` (the configured ones when none are named), without reading any.

    Raises :class:`MissingSourceError` when one of them does not exist.
    """
    found: list[FoundFile] = []
    for source in sources or paths.sources:
        if not source.exists():
            raise MissingSourceError(f"there is no folder {source} to look for disclosures in")
        found.extend(find_files(source, exclude=paths.written))
    return found


def fingerprint(files: Sequence[FoundFile]) -> str:
    """A short text that changes when a file is added, removed, renamed or edited."""
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda found: found.uri):
        digest.update(f"{file.uri}\0{file.stamp}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:32]
