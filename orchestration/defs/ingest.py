"""Sources → landing → cells → staging: what ``extract`` does, as assets."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic

import dagster as dg
import polars as pl
from pydantic import Field

from extract.sources import FoundFile
from extract.sources.declared import Source
from extract.sources.registry import RegistryError
from orchestration.building.cluster import ClusterError
from orchestration.building.staging import stage_waiting
from orchestration.collecting.declared_sources import declared_sources
from orchestration.collecting.listing import MissingSourceError, list_folders, offered_by_all
from orchestration.collecting.visits import record_visits
from orchestration.home.durable import replace_parquet
from orchestration.home.progress import report
from orchestration.resources.readers import Readers
from orchestration.resources.warehouse import Warehouse
from orchestration.shared_lake.address import configured_shared_lake
from orchestration.shared_lake.connection import SharedLakeError
from orchestration.shared_lake.sharing import share
from orchestration.texts.markdown import markdown_table

# A disk or a network share may be away for a moment. What a document holds never fails a step.
_RETRY = dg.RetryPolicy(max_retries=3, delay=5, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)
_MOST_PROBLEMS_SHOWN = 50


@contextmanager
def _ended_by_interrupts() -> Iterator[None]:
    """A step that somebody ends is over: to Dagster that is trouble that may pass, so that it tries again."""
    try:
        yield
    except (dg.DagsterExecutionInterruptedError, KeyboardInterrupt) as interrupt:
        raise dg.Failure("it was interrupted", allow_retries=False) from interrupt


class LandingConfig(dg.Config):
    """Where to look."""

    sources: list[str] = Field(default_factory=list)
    """Folders to search instead of the declared sources."""
    visit: bool = True
    """Whether to look at any source; without it, what was landed before is read."""
    only: list[str] = Field(default_factory=list)
    """Ids of the declared sources to visit; all when none is named."""


@dg.asset(
    group_name="landing",
    kinds={"python", "file"},
    retry_policy=_RETRY,
    # Out of season sources are visited weekly. Which of them is late, its check says.
    freshness_policy=dg.FreshnessPolicy.time_window(
        warn_window=timedelta(days=8), fail_window=timedelta(days=22)
    ),
)
@_ended_by_interrupts()
def landed_documents(config: LandingConfig, warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """The bytes of every disclosure found in the sources, kept once under their SHA-256.

    Files that cannot be read are listed with the reason and do not stop the others.
    """
    started, now = monotonic(), datetime.now(UTC)
    paths = warehouse.paths
    found: list[FoundFile] = []
    visited: list[Source] = []
    try:
        if config.sources:
            found = list_folders(paths, [Path(source) for source in config.sources])
        elif config.visit:
            declared = declared_sources(paths).sources
            visited = [source for source in declared if not config.only or source.id in config.only]
    except (MissingSourceError, RegistryError) as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    of_source: dict[str, set[str]] = {}
    report("visiting sources", 0, len(visited))
    offers: dict[str, list[FoundFile]] = {}
    for number, (source, files) in enumerate(offered_by_all(paths, visited), start=1):
        report("visiting sources", number, len(visited))
        of_source[source.id] = {file.uri for file in files}
        offers[source.id] = files
    for source in visited:  # in the order of their declaration, whichever came first to its end
        found += offers[source.id]
    on_file = partial(report, "landing documents", total=len(found))
    listing = warehouse.store.land(found, now, on_file)
    if config.visit:
        replace_parquet(listing, paths.listing)
    shutil.rmtree(paths.arriving, ignore_errors=True)
    record_visits(paths, of_source, listing, now)
    warehouse.lake.write_landings(warehouse.store.catalogue())
    problems = listing.filter(pl.col("problem").is_not_null())
    reasons = problems.select("file_name", "problem").rows()
    return dg.MaterializeResult(
        metadata={
            "documents": warehouse.store.documents().height,
            "found": listing.height,
            "sources_visited": len(visited),
            "new": int(listing["is_new"].sum()),
            "not_landed": problems.height,
            "problems": dg.MetadataValue.md(
                markdown_table(["file", "reason"], reasons, _MOST_PROBLEMS_SHOWN)
            ),
            "seconds": _since(started),
        }
    )


@dg.asset(deps=[landed_documents], group_name="cells", kinds={"python", "polars"}, retry_policy=_RETRY)
@_ended_by_interrupts()
def printed_cells(warehouse: Warehouse, readers: Readers) -> dg.MaterializeResult[None]:
    """What is printed in each document, as text with its place: forms, columns, lines, cells.

    Only documents that this version of the extractor has not read yet are read. One that would keep the
    others waiting is put off, and read the next time.
    """
    started = monotonic()
    try:
        summary = readers.read_pending(warehouse)
    except ClusterError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    put_off = len(warehouse.lake.put_off())
    return dg.MaterializeResult(
        metadata={
            "documents": summary.landed,
            "new": summary.read_now,
            "already_known": summary.landed - summary.read_now - put_off,
            "failed_now": summary.failed_now,
            "put_off": put_off,
            "seconds": _since(started),
        }
    )


@dg.asset(deps=[printed_cells], group_name="staging", kinds={"polars", "parquet"}, retry_policy=_RETRY)
@_ended_by_interrupts()
def staged_frames(warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """Typed frames of every document, exact to the fen, in Parquet batches with a manifest of the current.

    Where a lake is shared with other machines, it gets what it has not yet.
    """
    started = monotonic()
    summary = stage_waiting(warehouse.lake)
    shared: dict[str, int] = {}
    if (shared_lake := configured_shared_lake()) is not None:
        try:
            sharing = share(warehouse.lake, warehouse.store.catalogue(), shared_lake)
        except SharedLakeError as error:
            raise dg.Failure(str(error)) from error
        shared = {"shared_documents": sharing.documents, "shared_now": sharing.shared_now}
    return dg.MaterializeResult(
        metadata={
            **shared,
            "documents": summary.documents,
            "new": summary.staged_now,
            "rows": summary.rows_now,
            "failed": summary.failed,
            "seconds": _since(started),
        }
    )


def _since(started: float) -> float:
    return round(monotonic() - started, 2)
