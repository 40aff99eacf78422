"""Landed documents that are new to this version of the extractor → printed batches in the lake.

Documents are read one by one, each in a worker process within limits, and fail one by one: bytes that are
gone, a reader that raises, hangs, takes all memory or takes its process down, make that document a failed one
with a reason, and harm no other. What takes longer than others should wait for is put off: it is read, within
the limits that every document has, the next time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

import polars as pl

from extract import extractor_version, failed_document, printed_frames, read_or_fail
from extract.landing import LandedBytesError, LandedFile, LandingStore
from extract.media_type import UNKNOWN
from extract.printed import PrintedDocument
from orchestration.building.cluster import cluster_workers
from orchestration.home.lake import MOST_DOCUMENTS_IN_A_BATCH, UNAVAILABLE, UNDERSTOOD, Lake
from orchestration.home.processes import Done, Lost, WorkerProcesses
from orchestration.home.progress import report

STEP = "reading documents"
_MIB = 1024 * 1024


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
class ReadDocument:
    """Printed frames of one document, and whether it failed for a reason outside it."""

    frames: dict[str, pl.DataFrame]
    is_unavailable: bool = False


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What one document may take. A scanned page takes about five seconds and a tenth of a MiB."""

    seconds: float = 120
    seconds_per_mib: float = 60
    most_seconds: float = 900  # whatever its size
    patience: float = 120  # seconds after which a document no longer keeps others waiting
    memory_mib: int = 2048  # beyond what a reader has when it starts
    file_mib: int = 200

    def seconds_for(self, job: Job) -> float:
        """The time that a document of its size may take."""
        return min(self.most_seconds, self.seconds + self.seconds_per_mib * job.size_bytes / _MIB)

    def seconds_among_others(self, job: Job) -> float:
        """The time that it may keep others waiting."""
        return min(self.patience, self.seconds_for(job))

    def is_over(self, job: Job, given: float) -> bool:
        """Whether a document that was stopped after so many seconds had all that it may take."""
        return given >= self.seconds_for(job)


class Workers(Protocol):
    """Whoever calls a function on many items and says what becomes of each."""

    def map(
        self,
        function: Callable[[Job], ReadDocument],
        items: Sequence[Job],
        seconds: Callable[[Job], float],
    ) -> Iterator[Done[ReadDocument]]:
        """Call ``function`` on each item for at most so many seconds."""


def read_pending(
    lake: Lake, store: LandingStore, limits: ReadingLimits | None = None, cluster: str | None = None
) -> ReadingSummary:
    """Read every landed document that this version of the extractor has not read.

    In worker processes of this one, or by those of a ``cluster``: see :mod:`orchestration.building.cluster`.
    """
    limits = limits or ReadingLimits()
    if cluster is None:
        with WorkerProcesses(limits.memory_mib) as workers:
            return read_with(workers, lake, store, limits)
    with cluster_workers(cluster, limits.memory_mib) as distant:
        return read_with(distant, lake, store, limits)


def read_with(workers: Workers, lake: Lake, store: LandingStore, limits: ReadingLimits) -> ReadingSummary:
    """Read what is pending with the given workers, batch by batch."""
    landed = store.documents()
    pending = lake.to_read(landed, extractor_version())
    failed = done = 0
    put_off: set[str] = set()
    earlier = lake.put_off()
    report(STEP, 0, pending.height)

    def seconds(job: Job) -> float:
        is_waited_for = pending.height == 1 or job.document_id in earlier
        return limits.seconds_for(job) if is_waited_for else limits.seconds_among_others(job)

    for batch_of_documents in pending.iter_slices(MOST_DOCUMENTS_IN_A_BATCH):
        jobs = [Job(*row) for row in batch_of_documents.iter_rows()]
        on_done = partial(_report_from, done, pending.height)
        read, slow = _read_all(jobs, store.root, workers, limits, seconds=seconds, on_done=on_done)
        put_off |= slow
        if read:
            printed, entries = _as_batch(read)
            lake.printed.write_batch(lake.next_batch(), printed, entries)
            failed += entries.filter(~pl.col("status").is_in(UNDERSTOOD)).height
        done += len(jobs)
    if put_off != earlier:
        lake.put_off_until_later(put_off)
    return ReadingSummary(landed.height, pending.height - len(put_off), failed)


def read_job(job: Job, landing: Path, limits: ReadingLimits) -> ReadDocument:
    """Read one document in this process."""
    size_mib = job.size_bytes / _MIB
    if size_mib > limits.file_mib:
        reason = f"the file has {size_mib:,.0f} MiB; at most {limits.file_mib:,} MiB are read"
        return ReadDocument(printed_frames([_failed(job, reason)]))
    try:
        file, data = LandingStore(landing).fetch(job.document_id, job.file_name)
    except LandedBytesError as error:
        return ReadDocument(printed_frames([_failed(job, str(error))]), is_unavailable=True)
    return ReadDocument(printed_frames([read_or_fail(file, data)]))


def _read_all(
    jobs: Sequence[Job],
    landing: Path,
    workers: Workers,
    limits: ReadingLimits,
    *,
    seconds: Callable[[Job], float],
    on_done: Callable[[int], None],
) -> tuple[list[ReadDocument], set[str]]:
    """Read some documents within the ``seconds`` of each, in their order; the ids of those to be put off."""
    read: dict[int, ReadDocument] = {}
    put_off: set[str] = set()
    function = partial(read_job, landing=landing, limits=limits)
    for number, result in workers.map(function, jobs, seconds):
        job = jobs[number]
        if not isinstance(result, Lost):
            read[number] = result
        elif result.is_of_time and not limits.is_over(job, seconds(job)):
            put_off.add(job.document_id)
        else:
            read[number] = _lost(job, result)
        on_done(len(read) + len(put_off))
    # in the order of the documents, whichever process was first
    return [read[number] for number in sorted(read)], put_off


def _as_batch(in_order: Sequence[ReadDocument]) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """Give the printed tables of documents as a batch, and its manifest entries."""
    printed = {table: pl.concat([one.frames[table] for one in in_order]) for table in in_order[0].frames}
    entries = printed["documents"].select(
        "document_id",
        "extractor_version",
        status=pl.when(pl.Series([one.is_unavailable for one in in_order]))
        .then(pl.lit(UNAVAILABLE))
        .otherwise(pl.col("status")),
    )
    return printed, entries


def _lost(job: Job, lost: Lost) -> ReadDocument:
    """What takes too long or too much does so each time, for this version; a killed process may be chance."""
    return ReadDocument(printed_frames([_failed(job, lost.reason)]), is_unavailable=lost.may_pass)


def _failed(job: Job, reason: str) -> PrintedDocument:
    return failed_document(LandedFile(job.document_id, job.file_name, UNKNOWN, job.size_bytes), reason)


def _report_from(start: int, total: int, done: int) -> None:
    report(STEP, start + done, total)
