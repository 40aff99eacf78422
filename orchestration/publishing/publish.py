"""The published file: an immutable copy of what was built, swapped in so that readers never wait.

A DuckDB file cannot have a writer and readers at once, so readers get a file of their own. Each publish
writes a new version beside the older ones, which then takes the name that readers know in one step: they see
the old warehouse or the new one, whole. A reader that must not move on opens a version by its own name.

A publish that is killed leaves the current version as it was; the next one removes what it left.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from orchestration.building.catalogue import Relation
from orchestration.home.checksums import sha256
from orchestration.home.durable import TEMPORARY_PREFIX, replacing
from orchestration.home.paths import Paths
from orchestration.publishing.amending import UnfitBaseError, amend_snapshot, base_of
from orchestration.publishing.last_build import LastBuild, last_build
from orchestration.publishing.snapshot import LAYOUT, write_snapshot
from orchestration.publishing.version import Provenance, Version

_MANIFEST_SUFFIX = ".json"
_READ_ONLY = 0o444


@dataclass(frozen=True, slots=True)
class Published:
    """A version that was published."""

    version: Version
    rows: dict[str, int]
    bytes: int
    build: str | None
    """dbt's name of the build that it was made of."""
    amendments: int
    """How many versions there were since the last that was copied whole, this one among them."""
    whole_bytes: int
    """The size of that last one."""


def publish(
    paths: Paths,
    relations: Sequence[Relation],
    made_from: Provenance,
    now: datetime | None = None,
) -> Published:
    """Make a version of ``relations`` of the build file, and make it the current one.

    Where that comes to the same, the current version is amended (:mod:`orchestration.publishing.amending`).

    Raises :class:`FileNotFoundError` when nothing was built, :class:`duckdb.Error` when a relation was not or
    breaks its keys. The current version then stays.
    """
    if not paths.build_file.exists():
        raise FileNotFoundError(f"there is nothing to publish: {paths.build_file} does not exist")
    _remove_leftovers(paths)
    version = Version(_later_than_the_last(paths, now or datetime.now(UTC)), made_from)
    while (file := paths.version_file(version.name)).exists():
        version = replace(version, published_at=version.published_at + timedelta(seconds=1))
    build = _last_build(paths)
    base = base_of(paths, build, relations, made_from)
    with replacing(file) as unfinished:
        if base:
            try:
                rows = amend_snapshot(unfinished, base, paths.build_file, relations, version)
            except UnfitBaseError:
                _remove_leftovers(paths)
                base = None
        if not base:
            rows = write_snapshot(unfinished, paths.build_file, relations, version)
        unfinished.chmod(_READ_ONLY)
    size = file.stat().st_size
    published = Published(
        version,
        rows,
        size,
        build.invocation_id if build else None,
        base.amendments + 1 if base else 0,
        base.whole_bytes if base else size,
    )
    _write_manifest(file, published)
    _make_current(paths, file)
    _forget_old_versions(paths, current=file)
    return published


def _last_build(paths: Paths) -> LastBuild | None:
    """What dbt left word of; ``None`` when it did not, so that nothing is taken for granted."""
    try:
        return last_build(paths.build_file)
    except (duckdb.Error, ValueError):
        return None


def _later_than_the_last(paths: Paths, now: datetime) -> datetime:
    """``now`` to the second, or just after the last publish when the clock has been put back since."""
    published_at = now.replace(microsecond=0)
    for manifest in paths.published_folder.glob(f"*{_MANIFEST_SUFFIX}"):
        with suppress(OSError, ValueError, KeyError):
            last = json.loads(manifest.read_text(encoding="utf-8"))["published_at"]
            published_at = max(published_at, datetime.fromisoformat(last) + timedelta(seconds=1))
    return published_at


def _write_manifest(file: Path, published: Published) -> None:
    described = {
        "version": published.version.name,
        "published_at": published.version.published_at.isoformat(),
        "file": file.name,
        "bytes": published.bytes,
        "sha256": sha256(file),
        "rows": published.rows,
        "layout": LAYOUT,
        "build": published.build,
        "amendments": published.amendments,
        "whole_bytes": published.whole_bytes,
        "made_from": asdict(published.version.made_from),
    }
    with replacing(file.with_suffix(_MANIFEST_SUFFIX)) as unfinished:
        unfinished.write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _make_current(paths: Paths, file: Path) -> None:
    """Let ``file`` take the name that readers know, and its manifest too."""
    for source, target in (
        (file, paths.published_file),
        (file.with_suffix(_MANIFEST_SUFFIX), paths.published_manifest),
    ):
        with replacing(target) as unfinished:
            _link(source, unfinished)


def _link(source: Path, target: Path) -> None:
    """Give a file a second name; where the file system has none, copy it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def _forget_old_versions(paths: Paths, current: Path) -> None:
    """Remove all but the newest versions, and manifests whose version is gone."""
    versions = sorted(paths.published_folder.glob(f"*{paths.published_file.suffix}"))
    kept = {current, *versions[-paths.versions_kept :]}
    for version in versions:
        if version not in kept:
            version.unlink()
    for manifest in paths.published_folder.glob(f"*{_MANIFEST_SUFFIX}"):
        if manifest.with_suffix(paths.published_file.suffix) not in kept:
            manifest.unlink()


def _remove_leftovers(paths: Paths) -> None:
    """Remove what a publish that was killed did not finish."""
    for folder in (paths.home, paths.published_folder):
        for leftover in folder.glob(f"{TEMPORARY_PREFIX}*"):
            if leftover.is_dir():  # where DuckDB puts what does not fit into memory
                shutil.rmtree(leftover)
            else:
                leftover.unlink()
