"""Worker processes for a function that may hang, run out of memory or take its process down.

Each item is worked on by one process within limits; what becomes of it is known, and touches no other item.
Processes end with the block, and by themselves when the process that started them is gone.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Generic, NamedTuple, TypeVar

from pebble import ProcessExpired, ProcessPool

_MOST_PROCESSES = 16
_ITEMS_A_PROCESS = 500  # then a fresh one takes its place: C libraries leak
_M_MMAP_THRESHOLD = -3  # of <malloc.h>
_LARGE = 1024 * 1024
_WITHOUT_MEMORY = 77  # status of a process that had none left
_ENDED_BY_ITSELF = (signal.SIGABRT, signal.SIGTRAP, signal.SIGILL)
_ADDRESS_SPACE = Path("/proc/self/statm")

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Lost:
    """Why an item has no result, in words, and whether it may have one another time."""

    reason: str
    may_pass: bool  # the machine's trouble, not the item's
    is_of_time: bool = False  # it was stopped when its time was over


class Done(NamedTuple, Generic[Result]):
    """What became of the item with a number: its result, or why there is none."""

    number: int
    result: Result | Lost


class WorkerProcesses:
    """As many processes as there are processors, started when first needed and ended with the block.

    ``memory_mib`` is how much a process may take beyond what it has when it starts.
    """

    def __init__(self, memory_mib: int, processes: int | None = None) -> None:
        self._memory_mib = memory_mib
        self._processes = processes or _processors()
        self._pool: ProcessPool | None = None

    def __enter__(self) -> WorkerProcesses:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._pool is not None:
            # also what still runs: nobody waits for it any more
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None

    def map(
        self, function: Callable[[Item], Result], items: Sequence[Item], seconds: Callable[[Item], float]
    ) -> Iterator[Done[Result]]:
        """Call ``function`` on each item for at most ``seconds`` of it, and give what becomes of each.

        What ``function`` raises is raised here, except that it had no memory left.
        """
        pool = self._ready_pool()
        limits = [seconds(item) for item in items]
        called = partial(_ending_without_memory, function)

        def scheduled(number: int) -> Future[Result]:
            return pool.schedule(called, args=(items[number],), timeout=limits[number])

        running = {scheduled(number): number for number in range(len(items))}
        again: dict[Future[Result], int] = {}
        for future in chain(as_completed(running), _later(again)):
            is_second, number = future in again, (running | again)[future]
            try:
                yield Done(number, future.result())
            except TimeoutError:
                reason = f"reading it took longer than {limits[number]:,.0f} seconds and was stopped"
                yield Done(number, Lost(reason, may_pass=False, is_of_time=True))
            except ProcessExpired as expired:
                if expired.exitcode == _WITHOUT_MEMORY and not is_second:
                    # what it worked on before may have filled it: once more, in a process without a past
                    again[scheduled(number)] = number
                    continue
                yield Done(number, _expired(expired.exitcode, self._memory_mib))

    def _ready_pool(self) -> ProcessPool:
        if self._pool is None:
            # Not fork: the process that runs Dagster has threads, whose locks a fork would copy in any state.
            methods = multiprocessing.get_all_start_methods()
            context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
            self._pool = ProcessPool(
                max_workers=self._processes,
                max_tasks=_ITEMS_A_PROCESS,
                initializer=_begin,
                initargs=(self._memory_mib,),
                context=context,
            )
        return self._pool


def _later(futures: dict[Future[Result], int]) -> Iterator[Future[Result]]:
    """Those that are there once the ones before are done, as they are done."""
    yield from as_completed(futures)


def _ending_without_memory(function: Callable[[Item], Result], item: Item) -> Result:
    """Call a function; where no memory is left the process ends, and the next item gets a fresh one."""
    try:
        return function(item)
    except MemoryError:
        os._exit(_WITHOUT_MEMORY)


def _expired(exit_code: int | None, memory_mib: int) -> Lost:
    """Why a process ended: killed from outside, as a machine short of memory does, or by its own fault.

    Libraries that are not written in Python end their process themselves when they get no more memory.
    """
    if exit_code == -signal.SIGKILL:
        return Lost("the reader's process was killed, perhaps because the machine is short of memory", True)
    if exit_code == _WITHOUT_MEMORY:
        return Lost(f"reading it needs more than {memory_mib:,} MiB of memory", may_pass=False)
    if exit_code is not None and -exit_code in _ENDED_BY_ITSELF:
        signal_name = signal.Signals(-exit_code).name
        return Lost(
            f"reading it most likely needs more than {memory_mib:,} MiB of memory: a library gave up "
            f"({signal_name})",
            may_pass=False,
        )
    how = (
        f"signal {signal.Signals(-exit_code).name}" if exit_code and exit_code < 0 else f"status {exit_code}"
    )
    return Lost(f"reading it ended the reader's process ({how}); please report it with the file", False)


def _begin(memory_mib: int) -> None:
    """Prepare a worker: leave interrupts to its parent, bound its memory, and watch for the parent's end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _give_back_large_memory()
    if _ADDRESS_SPACE.exists():  # only Linux bounds the address space, and says how much is in use
        in_use = int(_ADDRESS_SPACE.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        limit = in_use + memory_mib * 1024 * 1024
        resource.setrlimit(
            resource.RLIMIT_AS, (limit if most == resource.RLIM_INFINITY else min(limit, most), most)
        )
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _give_back_large_memory() -> None:
    """Let large blocks return to the system when they are freed, where the C library is glibc.

    By default it learns to keep them, and small results that are kept between them hold on to all: to
    recognise scanned pages took 50 MiB more with each page.
    """
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE)


def _end_with_parent() -> None:
    """End this process with the one that started it, whatever it is doing: nobody waits for the result."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _processors() -> int:
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, _MOST_PROCESSES)
