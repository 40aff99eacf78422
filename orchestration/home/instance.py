"""Dagster's own state under ``DISCLOSURES_HOME/dagster``: runs, events, schedules."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import dagster as dg
import sqlalchemy
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.event_log.sqlite import sqlite_event_log
from dagster._core.storage.runs.sqlite import sqlite_run_storage
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import QueuePool

from orchestration.home.paths import DAGSTER_SETTINGS

PROCESS_TAG = "disclosures/process"
RUNS_KEPT = 100

# The command keeps the terminal for itself; step output goes to its log file instead.
_WITHOUT_STEP_OUTPUT = {
    "compute_logs": {
        "module": "dagster._core.storage.noop_compute_log_manager",
        "class": "NoOpComputeLogManager",
    }
}


def prepare_dagster_home(dagster_home: Path) -> None:
    """Make the folder, with the project's settings unless it has its own."""
    dagster_home.mkdir(parents=True, exist_ok=True)
    settings = dagster_home / "dagster.yaml"
    if not settings.exists():
        shutil.copyfile(DAGSTER_SETTINGS, settings)


def open_instance(dagster_home: Path) -> dg.DagsterInstance:
    """The persistent instance of a warehouse, for a run in this process."""
    prepare_dagster_home(dagster_home)
    reference = InstanceRef.from_dir(str(dagster_home), overrides=_WITHOUT_STEP_OUTPUT)
    return dg.DagsterInstance.from_ref(reference)


class _KeptConnections(QueuePool):
    """Connections that stay open until :meth:`end`, whoever thinks to be the last to need them."""

    def dispose(self) -> None:
        """Nothing: Dagster disposes of each engine after each statement."""

    def recreate(self) -> _KeptConnections:
        """The same connections again."""
        return self

    def end(self) -> None:
        """Close them."""
        super().dispose()


@contextmanager
def quick_event_log() -> Iterator[None]:
    """Inside the block, keep Dagster's SQLite files open and let their commits not wait for the disk.

    Dagster makes an engine, opens a file, commits and closes it for each statement about each of the hundreds
    of events of a run. That was half of a first run of five documents: without it, 300 events took 16 s to be
    planned and 8 s to be written. A power cut may now lose the last lines of Dagster's log, never damage it;
    the files of the warehouse itself do wait for the disk.

    Should Dagster import what makes engines under another name, runs get slower and nothing else.
    """
    kept: dict[str, Engine] = {}

    def create_engine(address: str, **settings: Any) -> Engine:
        if address not in kept:
            arguments = {**settings.get("connect_args", {}), "check_same_thread": False}
            kept[address] = sqlalchemy.create_engine(
                address, poolclass=_KeptConnections, pool_size=2, max_overflow=-1, connect_args=arguments
            )
        return kept[address]

    def relax(connection: object, _: object) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("pragma synchronous = normal")

    event.listen(Engine, "connect", relax)
    try:
        with ExitStack() as replaced:
            for storage in (sqlite_event_log, sqlite_run_storage):
                replaced.enter_context(patch.object(storage, "create_engine", create_engine, create=True))
            yield
    finally:
        event.remove(Engine, "connect", relax)
        for engine in kept.values():
            if isinstance(engine.pool, _KeptConnections):
                engine.pool.end()


def run_tags() -> dict[str, str]:
    """Tags by which a later run can tell whether the process of this one is still there."""
    return {PROCESS_TAG: _process(os.getpid()) or "unknown"}


def clear_dead_runs(instance: dg.DagsterInstance, own_run_id: str) -> list[str]:
    """Close the runs whose process was killed, and give their ids.

    Such a run would stay "started" and keep its place in the pool for ever. To be called by a run that holds
    the build lock: then no other tagged run can be doing any work.
    """
    dead = [run for run in dead_runs(instance) if run.run_id != own_run_id]
    for run in dead:
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
        instance.report_run_failed(run, "The process of this run ended before the run did.")
    return [run.run_id for run in dead]


def dead_runs(instance: dg.DagsterInstance) -> list[dg.DagsterRun]:
    """The runs that are in progress by what Dagster knows, and whose process has ended."""
    in_progress = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING])
    return [
        run
        for run in instance.get_runs(filters=in_progress)
        if PROCESS_TAG in run.tags and not _is_running(run.tags)
    ]


def forget_old_runs(instance: dg.DagsterInstance, keep: int = RUNS_KEPT) -> None:
    """Delete what Dagster remembers of all but the last runs; each run takes some 4 MB."""
    finished = dg.RunsFilter(
        statuses=[dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
    )
    for run in list(instance.get_runs(filters=finished))[keep:]:
        instance.delete_run(run.run_id)


def _is_running(tags: Mapping[str, str]) -> bool:
    host, _, process = tags[PROCESS_TAG].partition("/")
    number = process.partition("@")[0]
    if host != socket.gethostname() or not number.isdigit():
        return False  # it held the lock that is now ours
    return _process(int(number)) == tags[PROCESS_TAG]


def _process(number: int) -> str | None:
    """Name a running process unlike any later one of the same number; ``None`` if it has ended."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        pass  # it runs, for another user
    return f"{socket.gethostname()}/{number}@{_started(number)}"


def _started(number: int) -> str:
    try:
        fields = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:  # only Linux tells
        return "unknown"
    # The second field is the program's name in brackets, which may itself hold brackets and spaces.
    return fields.rpartition(")")[2].split()[19]
