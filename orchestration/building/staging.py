"""Printed batches → staged batches: typed frames, written beside and named by the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from extract import extractor_version, failed_document, printed_frames, stage
from extract.faults import is_of_code
from extract.landing import LandedFile
from orchestration.home.lake import UNAVAILABLE, UNDERSTOOD, Lake
from orchestration.home.progress import report

STEP = "staging frames"


class StagingSummary(NamedTuple):
    """What one staging did, and what is in the warehouse now."""

    documents: int
    staged_now: int
    rows_now: int
    failed: int


def stage_waiting(lake: Lake) -> StagingSummary:
    """Stage every batch that was read but not staged, then drop the batches that this superseded."""
    waiting = lake.to_stage()
    documents = rows = 0
    report(STEP, 0, len(waiting))
    for count, (batch, entries) in enumerate(waiting.items(), start=1):
        staged = stage_each(lake.printed.read_batch(batch))
        lake.staging.write_batch(batch, staged, _entries(staged["documents"], entries))
        documents += entries.height
        rows += sum(frame.height for frame in staged.values())
        report(STEP, count, len(waiting))
    # A superseded batch may lack a column of the current version, and dbt reads all of them.
    lake.staging.sweep()
    manifest = lake.staging.manifest()
    failed = manifest.filter(~pl.col("status").is_in(UNDERSTOOD)).height
    return StagingSummary(manifest.height, documents, rows, failed)


def stage_each(printed: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Stage many documents at once; one that cannot be staged becomes a failed one, the others stand."""
    try:
        return stage(printed)
    except (OSError, MemoryError):  # the machine's trouble, not a document's
        raise
    except BaseException as error:  # one document's trouble must not end the run for the others
        if not is_of_code(error):
            raise
        documents = printed["documents"]
        if documents.height == 1:
            return stage(_without_content(documents, error))
        middle = documents.height // 2
        halves = [
            stage_each(_only(printed, documents["document_id"][:middle])),
            stage_each(_only(printed, documents["document_id"][middle:])),
        ]
        return {table: pl.concat([half[table] for half in halves]) for table in halves[0]}


def _only(printed: Mapping[str, pl.DataFrame], document_ids: pl.Series) -> dict[str, pl.DataFrame]:
    wanted = document_ids.to_list()
    return {table: frame.filter(pl.col("document_id").is_in(wanted)) for table, frame in printed.items()}


def _without_content(documents: pl.DataFrame, error: BaseException) -> dict[str, pl.DataFrame]:
    row = documents.row(0, named=True)
    file = LandedFile(row["document_id"], row["file_name"], row["media_type"], size_bytes=0)
    reason = f"staging stopped with {type(error).__name__}: {error}; please report it with the file"
    return printed_frames([failed_document(file, reason)])


def _entries(staged_documents: pl.DataFrame, printed_entries: pl.DataFrame) -> pl.DataFrame:
    """Manifest entries of a staged batch: the staged status, except where the bytes could not be had."""
    printed_status = printed_entries.select("document_id", printed_status="status")
    return staged_documents.join(printed_status, on="document_id").select(
        "document_id",
        extractor_version=pl.lit(extractor_version()),
        status=pl.when(pl.col("printed_status") == UNAVAILABLE)
        .then(pl.lit(UNAVAILABLE))
        .otherwise(pl.col("status")),
    )
