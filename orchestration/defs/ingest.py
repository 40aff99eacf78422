"""Sources → landing → cells → staging: what ``extract`` does, as assets."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import monotonic

import dagster as dg
import polars as pl
from pydantic import Field

from orchestration.durable import replace_parquet
from orchestration.listing import MissingSourceError, list_sources
from orchestration.progress import report
from orchestration.reading import read_pending
from orchestration.staging import stage_waiting
from orchestration.warehouse import Warehouse

# A disk or a network share may be away for a moment. What a document holds never fails a step.
_RETRY = dg.RetryPolicy(max_retries=3, delay=5, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)
_MOST_PROBLEMS_SHOWN = 50


class LandingConfig(dg.Config):
    """Where to look."""

    sources: list[str] = Field(default_factory=list)
    """Folders to search instead of the configured ones."""


@dg.asset(group_name="landing", kinds={"python", "file"}, retry_policy=_RETRY)
def landed_documents(config: LandingConfig, warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """The bytes of every disclosure found in the sources, kept once under their SHA-256.

    Files that cannot be read are listed with the reason and do not stop the others.
    """
    started = monotonic()
    paths = warehouse.paths
    try:
        found = list_sources(paths, [Path(source) for source in config.sources])
    except MissingSourceError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    on_file = partial(report, "landing documents", total=len(found))
    listing = warehouse.store.land(found, datetime.now(UTC), on_file)
    replace_parquet(listing, paths.listing)
    warehouse.lake.write_landings(warehouse.store.catalogue())
    problems = listing.filter(pl.col("problem").is_not_null())
    return dg.MaterializeResult(
        metadata={
            "documents": warehouse.store.documents().height,
            "found": listing.height,
            "new": int(listing["is_new"].sum()),
            "not_landed": problems.height,
            "problems": _problem_table(problems.select("file_name", reason="problem")),
            "seconds": _since(started),
        }
    )


@dg.asset(deps=[landed_documents], group_name="cells", kinds={"python", "polars"}, retry_policy=_RETRY)
def printed_cells(warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """What is printed in each document, as text with its place: forms, columns, lines, cells.

    Only documents that this version of the extractor has not read yet are read.
    """
    started = monotonic()
    summary = read_pending(warehouse.lake, warehouse.store)
    return dg.MaterializeResult(
        metadata={
            "documents": summary.landed,
            "new": summary.read_now,
            "already_known": summary.landed - summary.read_now,
            "failed_now": summary.failed_now,
            "seconds": _since(started),
        }
    )


@dg.asset(deps=[printed_cells], group_name="staging", kinds={"polars", "parquet"}, retry_policy=_RETRY)
def staged_frames(warehouse: Warehouse) -> dg.MaterializeResult[None]:
    """Typed frames of every document, exact to the fen, in Parquet batches with a manifest of the current."""
    started = monotonic()
    summary = stage_waiting(warehouse.lake)
    return dg.MaterializeResult(
        metadata={
            "documents": summary.documents,
            "new": summary.staged_now,
            "rows": summary.rows_now,
            "failed": summary.failed,
            "seconds": _since(started),
        }
    )


def _problem_table(problems: pl.DataFrame) -> dg.MarkdownMetadataValue:
    rows = [f"| {name} | {reason} |" for name, reason in problems.head(_MOST_PROBLEMS_SHOWN).iter_rows()]
    if not rows:
        return dg.MetadataValue.md("none")
    more = problems.height - len(rows)
    closing = [f"\n… and {more} more"] if more else []
    return dg.MetadataValue.md("\n".join(["| file | reason |", "| --- | --- |", *rows, *closing]))


def _since(started: float) -> float:
    return round(monotonic() - started, 2)
