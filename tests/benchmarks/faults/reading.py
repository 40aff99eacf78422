"""Damaged copies read as a run reads documents: by workers, within limits, and no process left."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import polars as pl

from extract.landing import LandingStore
from extract.sources import FoundFile
from orchestration.building.reading import Job, ReadingLimits, read_job
from orchestration.home.processes import Lost, WorkerProcesses

LIMITS = ReadingLimits(seconds=120, seconds_per_mib=60)
Frames = dict[str, pl.DataFrame]


def read_all(
    named: Sequence[tuple[str, bytes]], limits: ReadingLimits, processes: int | None = None
) -> Iterator[tuple[int, Frames | Lost]]:
    """Land files and read each by a worker: its place among them, and what was printed in it."""
    with tempfile.TemporaryDirectory() as folder, WorkerProcesses(limits.memory_mib, processes) as workers:
        landing = Path(folder)
        files = [
            FoundFile(f"file:///{place}", name, None, None, partial(bytes, data))
            for place, (name, data) in enumerate(named)
        ]
        listing = LandingStore(landing).land(files, datetime.now(UTC))
        jobs = [
            Job(document_id, name, len(data))
            for document_id, (name, data) in zip(listing["document_id"], named, strict=True)
        ]
        function = partial(read_job, landing=landing, limits=limits)
        for place, result in workers.map(function, jobs, limits.seconds_for):
            yield place, result if isinstance(result, Lost) else result.frames


def reason_of(result: Frames | Lost) -> str | None:
    """Why a document failed, or None; ``LOST`` where its worker came to nothing, as none should."""
    if isinstance(result, Lost):
        return f"LOST: {result.reason}"
    (document,) = result["documents"].to_dicts()
    reason: str | None = document["failure_reason"]
    return reason


def running_workers() -> list[int]:
    """Processes that this one started and that still run, and those that multiprocessing's server forked.

    The server itself and the tracker of resources stay by design, and end with their parent.
    """
    own = _children(os.getpid())
    helpers = [process for process in own if _is_helper(process)]
    return [process for process in own if process not in helpers] + [
        forked for helper in helpers for forked in _children(helper)
    ]


def _children(process: int) -> list[int]:
    return [
        int(child)
        for children in Path(f"/proc/{process}/task").glob("*/children")
        for child in children.read_text().split()
    ]


def _is_helper(process: int) -> bool:
    command = Path(f"/proc/{process}/cmdline").read_bytes()
    return b"forkserver" in command or b"resource_tracker" in command
