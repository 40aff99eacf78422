"""Worker processes for a function that may take its process down, as a crash in a C library does."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from types import TracebackType
from typing import TypeVar

_MOST_PROCESSES = 16

Item = TypeVar("Item")
Result = TypeVar("Result")


class WorkerProcesses:
    """As many processes as there are processors, started when first needed and ended with the block."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> WorkerProcesses:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end_pool()

    def map_parts(
        self,
        function: Callable[[Sequence[Item]], Result],
        items: Sequence[Item],
        part_size: int,
        lost: Callable[[Item], Result],
    ) -> Iterator[tuple[int, Result]]:
        """Call ``function`` on parts of ``items``; give results as they come, with the first item's number.

        Parts whose process dies are tried again item by item, each in a process of its own; what ``lost``
        gives stands for the items that end theirs too.
        """
        undone = dict.fromkeys(range(0, len(items), part_size))
        with suppress(BrokenProcessPool):
            pool = self._ready_pool()
            running = {pool.submit(function, items[start : start + part_size]): start for start in undone}
            for future in as_completed(running):
                start = running[future]
                yield start, future.result()
                del undone[start]
        if undone:
            self._end_pool()
        for start in undone:
            for number, item in enumerate(items[start : start + part_size], start):
                yield number, _alone(function, item, lost)

    def _ready_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = _new_pool(_processors())
        return self._pool

    def _end_pool(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _alone(
    function: Callable[[Sequence[Item]], Result], item: Item, lost: Callable[[Item], Result]
) -> Result:
    with _new_pool(1) as pool:
        try:
            return pool.submit(function, [item]).result()
        except BrokenProcessPool:
            return lost(item)


def _new_pool(processes: int) -> ProcessPoolExecutor:
    # Not fork: the process that runs Dagster has threads, whose locks a fork would copy in any state.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    return ProcessPoolExecutor(processes, mp_context=context)


def _processors() -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST_PROCESSES)
