"""Documents read by the workers of ``dask.distributed``: several processes here, or any number of machines.

Each worker reads within the same limits as one machine does: it has a process of its own for what it reads,
which may hang, burst or crash without harm to the worker. What a lost worker was doing, another one does
again. Workers on other machines see the landing folder under the same path, as on a network share.

Dask does the scheduling and moves the results. Dagster's own executor for it is not used: it maps steps, of
which each takes seconds, and lost some when tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING, TypeVar

from orchestration.home.processes import Done, Lost, WorkerProcesses

if TYPE_CHECKING:
    from distributed import Client

Item = TypeVar("Item")
Result = TypeVar("Result")

_ITEMS_A_TASK = 8
_TRIES = 3  # of a task whose worker is lost each time: then something in it is to blame
_SECONDS_TO_CONNECT = 30


class ClusterError(RuntimeError):
    """There is no cluster to read with; the message says why."""


class DaskWorkers:
    """The workers of a client, as :class:`orchestration.building.reading.Workers`."""

    def __init__(self, client: Client, memory_mib: int) -> None:
        self._client = client
        self._memory_mib = memory_mib

    def map(
        self, function: Callable[[Item], Result], items: Sequence[Item], seconds: Callable[[Item], float]
    ) -> Iterator[Done[Result]]:
        """Call ``function`` on each item for at most ``seconds`` of it, and give what becomes of each."""
        from distributed import as_completed  # noqa: PLC0415 (an extra)
        from distributed.scheduler import KilledWorker  # noqa: PLC0415

        numbers = [list(some) for some in _chunks(range(len(items)))]
        futures = {
            self._client.submit(
                _read_some,
                function,
                [(items[number], seconds(items[number])) for number in some],
                self._memory_mib,
                pure=False,
            ): some
            for some in numbers
        }
        for future in as_completed(futures):
            some = futures[future]
            try:
                results = future.result()
            except KilledWorker:
                lost = Lost(
                    f"{_TRIES} workers of the cluster were lost while they read it or its neighbours", True
                )
                results = [lost] * len(some)
            for number, result in zip(some, results, strict=True):
                yield Done(number, result)
            future.release()


@contextmanager
def cluster_workers(where: str, memory_mib: int) -> Iterator[DaskWorkers]:
    """Workers of a cluster: ``where`` is a number of processes to start here, or the address of a scheduler.

    Raises :class:`ClusterError` when the extra is not installed or no scheduler answers.
    """
    try:
        import dask  # noqa: PLC0415 (an extra)
        from distributed import Client, LocalCluster  # noqa: PLC0415
    except ImportError as error:
        raise ClusterError(
            "reading on a cluster needs the extra “cluster”: uv sync --extra cluster"
        ) from error
    # a worker that may have no processes of its own could not read within limits
    with dask.config.set(
        {"distributed.worker.daemon": False, "distributed.scheduler.allowed-failures": _TRIES}
    ):
        if not where.isdigit():
            try:
                client = Client(where, timeout=_SECONDS_TO_CONNECT)
            except (OSError, ValueError) as error:
                raise ClusterError(f"no scheduler of dask answers at {where}: {error}") from error
            with client:
                yield DaskWorkers(client, memory_mib)
            return
        with (
            LocalCluster(
                n_workers=int(where), threads_per_worker=1, processes=True, dashboard_address=None
            ) as cluster,
            Client(cluster) as client,
        ):
            yield DaskWorkers(client, memory_mib)


def _chunks(numbers: range) -> Iterator[Sequence[int]]:
    """Few enough at a time that the last worker does not keep the others waiting."""
    for start in range(0, len(numbers), _ITEMS_A_TASK):
        yield numbers[start : start + _ITEMS_A_TASK]


def _read_some(
    function: Callable[[Item], Result], limited: Sequence[tuple[Item, float]], memory_mib: int
) -> list[Result | Lost]:
    """What a worker does with one task: each item in a process of its own, within its limits."""
    process = _own_process(memory_mib)
    results: list[Result | Lost] = []
    # one after the other, so that the time of one does not run while it waits for another
    for item, limit in limited:
        results += [result for _, result in process.map(function, [item], partial(_constant, limit))]
    return results


@cache
def _own_process(memory_mib: int) -> WorkerProcesses:
    """The process that this worker reads with. It is kept, since to start one takes longer than most reading.

    It ends with the worker.
    """
    return WorkerProcesses(memory_mib, processes=1)


def _constant(limit: float, _: object) -> float:
    return limit
