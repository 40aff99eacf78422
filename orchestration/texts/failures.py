"""What failed, named as its owner knows it: by file, with the reason."""

from __future__ import annotations

import polars as pl

from extract.landing import LISTING_SCHEMA
from orchestration.home.lake import UNDERSTOOD, Lake
from orchestration.home.paths import Paths

FAILURE_SCHEMA: dict[str, pl.DataType] = {
    "file_name": pl.String(),
    "document_id": pl.String(),
    "reason": pl.String(),
}


def last_listing(paths: Paths) -> pl.DataFrame:
    """What the last run found in its sources (``extract.landing.LISTING_SCHEMA``)."""
    empty = pl.DataFrame(schema=LISTING_SCHEMA)
    if not paths.listing.exists():
        return empty
    # An earlier version wrote fewer columns.
    return pl.concat([empty, pl.read_parquet(paths.listing)], how="diagonal")


def failed_documents(paths: Paths) -> pl.DataFrame:
    """Every document in the warehouse that could not be read (:data:`FAILURE_SCHEMA`)."""
    lake = Lake(paths.lake)
    if lake.staging.manifest().filter(~pl.col("status").is_in(UNDERSTOOD)).is_empty():
        return pl.DataFrame(schema=FAILURE_SCHEMA)
    return (
        lake.staging.current_rows("documents")
        .filter(~pl.col("status").is_in(UNDERSTOOD))
        .select("file_name", "document_id", reason="failure_reason")
        .sort("file_name", "document_id")
        .collect()
    )


def failures_of_last_run(paths: Paths) -> pl.DataFrame:
    """The files that the last run found and that are not in the warehouse as read documents.

    A file counts as long as it is found, whether it failed in that run or in an earlier one; taking it out of
    the sources settles it. Columns as in :data:`FAILURE_SCHEMA`; ``document_id`` is NULL when not landed.
    """
    listing = last_listing(paths)
    not_landed = listing.filter(pl.col("problem").is_not_null()).select(
        "file_name", "document_id", reason="problem"
    )
    failed = failed_documents(paths).drop("file_name")
    not_read = listing.join(failed, on="document_id").select("file_name", "document_id", "reason")
    return pl.concat([not_landed, not_read])
