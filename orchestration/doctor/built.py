"""What dbt built and what readers have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import polars as pl

from orchestration.building.in_force import documents_in_force
from orchestration.doctor.fault import RUN_AGAIN, Check, Fault
from orchestration.home.checksums import sha256
from orchestration.home.paths import Paths
from orchestration.publishing.currency import is_current
from orchestration.shared_lake.connection import SharedLakeError


def unusable_build(paths: Paths) -> Iterator[Fault]:
    """A build file that DuckDB cannot open."""
    if not paths.build_file.exists():
        return
    try:
        duckdb.connect(paths.build_file, read_only=True).close()
    except duckdb.Error as error:
        what = f"DuckDB cannot open it: {_first_line(error)}"
        yield Fault(str(paths.build_file), what, RUN_AGAIN, lambda: paths.build_file.unlink(missing_ok=True))


def unfinished_build(paths: Paths) -> Iterator[Fault]:
    """A build that did not come to its end, or that is not about the documents of the lake."""
    if not paths.build_file.exists():
        return
    try:
        with closing(duckdb.connect(paths.build_file, read_only=True)) as connection:
            ((complete,),) = connection.execute("select count(*) from build_state.complete_build").fetchall()
            built = connection.execute(
                "select document_id, batch from build_state.built_documents"
            ).fetchall()
        staged = set(documents_in_force(paths).select("document_id", "batch").iter_rows())
    except (duckdb.Error, pl.exceptions.PolarsError, OSError, SharedLakeError):
        return  # a fault of its own
    if not complete:
        yield Fault(str(paths.build_file), "the last build did not come to its end", "run again")
    elif set(built) != staged:
        differ = len({document for document, _ in set(built) ^ staged})
        yield Fault(str(paths.build_file), f"{differ:,} documents of the lake are not built yet", "run again")


def damaged_publication(paths: Paths) -> Iterator[Fault]:
    """A published file that is not the one that was published."""
    if not paths.published_file.exists():
        if paths.state.fact("published_from") is not None:
            yield Fault(str(paths.published_file), "the published file is gone", "run again")
        return
    described = _manifest(paths.published_manifest)
    if described is None:
        where = str(paths.published_manifest)
        yield Fault(
            where,
            "it does not say what is published",
            _PUBLISH_AGAIN,
            lambda: paths.state.set_fact("published_from", None),
        )
    elif sha256(paths.published_file) != described.get("sha256"):
        yield Fault(
            str(paths.published_file),
            "it is not the file that was published",
            _PUBLISH_AGAIN,
            lambda: _withdraw(paths),
        )


def damaged_versions(paths: Paths) -> Iterator[Fault]:
    """An older version that is not what was published, or nothing is known of."""
    for version in sorted(paths.published_folder.glob(f"*{paths.published_file.suffix}")):
        if paths.published_file.exists() and version.samefile(paths.published_file):
            continue
        described = _manifest(version.with_suffix(".json"))
        if described is None or sha256(version) != described.get("sha256"):
            what = "this version is not what was published"
            yield Fault(str(version), what, "delete it, if nobody needs it", None)


def stale_publication(paths: Paths) -> Iterator[Fault]:
    """Readers have something older than what was landed and read."""
    if not paths.published_file.exists() or not (paths.lake / "manifest.parquet").exists():
        return
    try:
        current = is_current(paths)
    except (pl.exceptions.PolarsError, OSError, SharedLakeError):
        return  # a fault of its own
    if not current:
        what = "it is not what the lake and the models would give now"
        yield Fault(str(paths.published_file), what, "run again")


_PUBLISH_AGAIN = "delete it and run again, or use --fix: it is published anew from what was built"


def _withdraw(paths: Paths) -> None:
    """Take the damaged file away under all its names; the next run publishes again."""
    for version in paths.published_folder.glob(f"*{paths.published_file.suffix}"):
        if version.samefile(paths.published_file):
            version.unlink()
    paths.published_file.unlink()


def _manifest(file: Path) -> dict[str, object] | None:
    try:
        described = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return described if isinstance(described, dict) else None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


CHECKS = (
    Check("build.opens", "the build file can be opened", unusable_build),
    Check("build.complete", "the build is complete and of all documents", unfinished_build),
    Check("published.whole", "the published file is the one that was published", damaged_publication),
    Check("published.versions", "older versions are what was published", damaged_versions),
    Check("published.current", "what is published is of today's lake and models", stale_publication),
)
