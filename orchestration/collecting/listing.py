"""What the sources have: which files, and whether any has changed since the last look."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from extract.landing import LandingStore
from extract.sources import FoundFile, find_files
from extract.sources.declared import FolderSource, LocationSource, Source
from extract.sources.found import unreadable_file
from extract.sources.location import find_at_location
from extract.sources.website import Fetcher, Turns, Visited, visit
from orchestration.collecting.declared_sources import declared_sources
from orchestration.home.paths import Paths

_SIDE_BY_SIDE = 16  # sources


class MissingSourceError(ValueError):
    """A folder that should be searched does not exist."""


def list_folders(paths: Paths, folders: Sequence[Path]) -> list[FoundFile]:
    """Every file of some folders, without reading any.

    Raises :class:`MissingSourceError` when one of them does not exist.
    """
    found: list[FoundFile] = []
    for folder in folders:
        if not folder.exists():
            raise MissingSourceError(f"there is no folder {folder} to look for disclosures in")
        found.extend(find_files(folder, exclude=paths.written))
    return found


def list_folder_sources(paths: Paths) -> list[FoundFile]:
    """Every file of the declared folders, also the ones that cannot be had; no other source is asked.

    Raises :class:`MissingSourceError` when there are folders and none of them exists.
    """
    folders = declared_sources(paths).folders
    missing = [source for source in folders if not source.where.exists()]
    if folders and len(missing) == len(folders):
        raise MissingSourceError(f"there is no folder {folders[0].where} to look for disclosures in")
    return [found for source in folders for found in offered(paths, source)]


def has_other_sources(paths: Paths) -> bool:
    """Whether a source is declared that is no folder, and so is not looked at before it is visited."""
    registry = declared_sources(paths)
    return len(registry.folders) < len(registry.sources)


def offered_by_all(paths: Paths, sources: Sequence[Source]) -> Iterator[tuple[Source, list[FoundFile]]]:
    """What each of several declared sources has, as each comes to its end.

    They are visited side by side, so that none waits for a slow one; of a host only one asks at a time.
    """
    turns = Turns()
    with ThreadPoolExecutor(_SIDE_BY_SIDE, thread_name_prefix="visit") as visitors:
        visits = {visitors.submit(_listed, paths, source, turns): source for source in sources}
        try:
            for visit_ in as_completed(visits):
                yield visits[visit_], visit_.result()
        except BaseException:  # also an interrupt: nobody waits for the others any more
            turns.end()
            visitors.shutdown(wait=False, cancel_futures=True)
            raise


def _listed(paths: Paths, source: Source, turns: Turns) -> list[FoundFile]:
    return list(offered(paths, source, turns))


def offered(paths: Paths, source: Source, turns: Turns | None = None) -> Iterator[FoundFile]:
    """What one declared source has. What goes wrong there is given too: it must not end the others' turn."""
    try:
        for found in _offered(paths, source, turns):
            # what lies in folders that nobody declared belongs to no source
            yield found if paths.registry else replace(found, source_id=None)
    except Exception as error:  # whatever a website or a library does, the other sources have their turn
        reason = f"the source could not be listed to its end: {type(error).__name__}: {error}"
        yield unreadable_file(source.places[0], source.id, reason, source.id)


def _offered(paths: Paths, source: Source, turns: Turns | None) -> Iterator[FoundFile]:
    if isinstance(source, FolderSource):
        if not source.where.exists():
            reason = "the folder is not there; what was landed from it is kept"
            yield unreadable_file(source.where.as_uri(), str(source.where), reason, source.id)
            return
        for found in find_files(source.where, exclude=paths.written, follow_links=source.follow_links):
            if source.takes(found.file_name):
                yield replace(found, source_id=source.id)
    elif isinstance(source, LocationSource):
        yield from find_at_location(source)
    else:
        visited = Visited(visited_file(paths, source))
        with Fetcher(source, visited, turns=turns) as fetcher:
            yield from visit(
                source,
                fetcher,
                visited,
                paths.arriving / source.id,
                stamp_of=LandingStore(paths.landing).stamps(),
                now=datetime.now(UTC),
            )


def visited_file(paths: Paths, source: Source) -> Path:
    """Where it is remembered what a website had."""
    return paths.visited / f"{source.id}.json"


def fingerprint(files: Sequence[FoundFile]) -> str:
    """A short text that changes when a file is added, removed, renamed or edited."""
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda found: found.uri):
        digest.update(f"{file.uri}\0{file.stamp}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:32]
