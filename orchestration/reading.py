"""Landed documents that are new to this version of the extractor → printed batches in the lake.

Documents are read one by one and fail one by one: bytes that are gone, a reader that raises, even a reader
that takes its process down, make that document a failed one with a reason, and harm no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

import polars as pl

from extract import extractor_version, printed_frames, read_document
from extract.landing import LandedBytesError, LandedFile, LandingStore
from extract.media_type import UNKNOWN
from extract.printed import PrintedDocument, PrintedFacts
from orchestration.lake import MOST_DOCUMENTS_IN_A_BATCH, UNAVAILABLE, Lake
from orchestration.processes import WorkerProcesses
from orchestration.progress import report

STEP = "reading documents"
_FEWEST_FOR_PROCESSES = 16  # below, starting processes costs more than it saves
_DOCUMENTS_IN_A_TASK = 8


class ReadingSummary(NamedTuple):
    """What one reading did."""

    landed: int
    read_now: int
    failed_now: int


class Job(NamedTuple):
    """One document to read."""

    document_id: str
    file_name: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ReadDocuments:
    """Printed frames of some documents, and those that failed for a reason outside them."""

    frames: dict[str, pl.DataFrame]
    unavailable: frozenset[str]


def read_pending(lake: Lake, store: LandingStore) -> ReadingSummary:
    """Read every landed document that this version of the extractor has not read, batch by batch."""
    landed = store.documents()
    pending = lake.to_read(landed, extractor_version())
    failed = done = 0
    report(STEP, 0, pending.height)
    with WorkerProcesses() as processes:
        for batch_of_documents in pending.iter_slices(MOST_DOCUMENTS_IN_A_BATCH):
            jobs = [Job(*row) for row in batch_of_documents.iter_rows()]
            on_done = partial(_report_from, done, pending.height)
            printed, entries = _read_batch(jobs, store.root, processes, on_done)
            lake.printed.write_batch(lake.next_batch(), printed, entries)
            done += len(jobs)
            failed += entries.filter(pl.col("status") != "read").height
    return ReadingSummary(landed.height, pending.height, failed)


def read_jobs(jobs: Sequence[Job], landing: Path) -> ReadDocuments:
    """Read some documents in this process."""
    documents: list[PrintedDocument] = []
    unavailable: set[str] = set()
    store = LandingStore(landing)
    for job in jobs:
        try:
            file, data = store.fetch(job.document_id, job.file_name)
        except LandedBytesError as error:
            unavailable.add(job.document_id)
            documents.append(_failed(job, str(error)))
        else:
            documents.append(_read_one(file, data))
    return ReadDocuments(printed_frames(documents), frozenset(unavailable))


def failed_document(file: LandedFile, reason: str) -> PrintedDocument:
    """A document of which nothing is known but why it could not be read."""
    return PrintedDocument(
        facts=PrintedFacts(
            document_id=file.document_id,
            file_name=file.file_name,
            media_type=file.media_type,
            extractor_version=extractor_version(),
            status="failed",
            failure_reason=reason,
        )
    )


def _read_batch(
    jobs: Sequence[Job], landing: Path, processes: WorkerProcesses, on_done: Callable[[int], None]
) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """Give the printed tables of a batch and its manifest entries."""
    parts: dict[int, ReadDocuments] = {}
    done = 0
    for number, part in _parts(jobs, landing, processes):
        parts[number] = part
        done += part.frames["documents"].height
        on_done(done)
    # In the order of the documents, whichever process was first.
    in_order = [parts[number] for number in sorted(parts)]
    printed = {table: pl.concat([part.frames[table] for part in in_order]) for table in in_order[0].frames}
    unavailable = frozenset[str]().union(*(part.unavailable for part in in_order))
    entries = printed["documents"].select(
        "document_id",
        "extractor_version",
        status=pl.when(pl.col("document_id").is_in(unavailable))
        .then(pl.lit(UNAVAILABLE))
        .otherwise(pl.col("status")),
    )
    return printed, entries


def _parts(
    jobs: Sequence[Job], landing: Path, processes: WorkerProcesses
) -> Iterator[tuple[int, ReadDocuments]]:
    """Read jobs in parts, as they get done; each comes with the number of its first job."""
    if len(jobs) >= _FEWEST_FOR_PROCESSES:
        read = partial(read_jobs, landing=landing)
        yield from processes.map_parts(read, jobs, _DOCUMENTS_IN_A_TASK, lost=_ended_its_process)
    else:
        for number, job in enumerate(jobs):
            yield number, read_jobs([job], landing)


def _ended_its_process(job: Job) -> ReadDocuments:
    reason = "reading it ended the reader's process (out of memory, or a library's defect)"
    return ReadDocuments(printed_frames([_failed(job, reason)]), frozenset({job.document_id}))


def _read_one(file: LandedFile, data: bytes) -> PrintedDocument:
    try:
        return read_document(file, data)
    except (OSError, MemoryError):  # the machine's trouble, not the document's
        raise
    except Exception as error:  # one document's trouble must not end the run for the others
        return failed_document(
            file, f"the reader stopped with {type(error).__name__}: {error}; please report it with the file"
        )


def _failed(job: Job, reason: str) -> PrintedDocument:
    return failed_document(LandedFile(job.document_id, job.file_name, UNKNOWN, job.size_bytes), reason)


def _report_from(start: int, total: int, done: int) -> None:
    report(STEP, start + done, total)
