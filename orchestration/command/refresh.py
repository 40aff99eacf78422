"""The job that the schedule calls, run in this process, quietly, with a log file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from orchestration.building.broken_rules import ROWS_METADATA, RULES_METADATA
from orchestration.home.paths import Paths, announce_home, builds
from orchestration.home.progress import listening, report

if TYPE_CHECKING:
    from dagster import AssetCheckEvaluation, DagsterEvent, ExecuteInProcessResult

_LOGS_KEPT = 50
_STARTING = "starting"
_SLOW = "reading slow documents apart"
_OF_THE_FIRST = ("already_known", "found", "not_landed", "sources_visited")
_COUNTED_TOGETHER = ("new", "failed_now")  # of the assets that a run makes twice
_INTERRUPTS = ("DagsterExecutionInterruptedError", "KeyboardInterrupt")
_DBT_EXPLAINS = "Failure in "
_DBT_TEST_FAILED = f"{_DBT_EXPLAINS}test "


@dataclass(frozen=True, slots=True)
class FailedStep:
    """A step that failed, and why."""

    step: str
    reason: str

    @property
    def is_only_tests(self) -> bool:
        """Whether nothing failed but tests of dbt, which are named as checks too."""
        failures = self.reason.count(_DBT_EXPLAINS)
        return failures > 0 and failures == self.reason.count(_DBT_TEST_FAILED)


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A test that should have held: its name, what it is about, how many rows it gave, and by which rules.

    Rows are None where they are not known; rules empty where the test is not one of the rules of a table.
    """

    name: str
    asset: str
    rows: int | None
    rules: str = ""


@dataclass(frozen=True, slots=True)
class RefreshOutcome:
    """What one run of the job did. ``facts`` are the assets' metadata by asset and name."""

    succeeded: bool
    seconds: float
    seconds_by_step: dict[str, float]
    facts: dict[str, dict[str, Any]]
    failed_steps: list[FailedStep] = field(default_factory=list)
    failed_checks: list[FailedCheck] = field(default_factory=list)

    def count(self, asset: str, fact: str) -> int:
        """A number that an asset reported; zero when the run did not get there."""
        return int(self.facts.get(asset, {}).get(fact) or 0)


def nothing_done(known: int, seconds: float) -> RefreshOutcome:
    """What came of a run that had nothing to do: every one of ``known`` documents had been read."""
    return RefreshOutcome(True, seconds, {}, {"printed_cells": {"documents": known, "already_known": known}})


def refresh(paths: Paths, sources: Sequence[Path], log_file: Path, *, visit: bool = True) -> RefreshOutcome:
    """Collect documents from ``sources`` (the declared ones when none are named); build if there is a change.

    These are the jobs that the schedule and the sensors start too. Without ``visit`` no source is looked at,
    and what was landed before is read.

    The caller holds the build lock. Raises :class:`orchestration.building.dbt_project.DbtProjectError` when
    the dbt project cannot be parsed; what fails inside the job is in the outcome.
    """
    started, also_builds = monotonic(), builds()
    _forget_old_logs(log_file.parent)
    with (
        log_file.open("w", encoding="utf-8") as log,
        _terminal_kept_apart(log) as terminal,
        _progress(terminal),
    ):
        report(_STARTING, 0)
        # Here, since importing Dagster and loading the assets takes seconds, and says things.
        announce_home(paths)
        # ruff: noqa: PLC0415
        from orchestration.definitions import definitions
        from orchestration.defs.automation import BUILD_JOB, COLLECT_JOB
        from orchestration.home.instance import open_instance, quick_event_log, run_tags
        from orchestration.home.lake import Lake
        from orchestration.publishing.currency import is_latest

        loaded = definitions()
        run_config = {
            "ops": {
                "landed_documents": {
                    "config": {"sources": [str(source) for source in sources], "visit": visit}
                }
            }
        }
        with quick_event_log(), open_instance(paths.dagster_home) as instance:
            report(_STARTING, 1, 1)

            def execute(job: str, **configured: Any) -> ExecuteInProcessResult:
                return loaded.get_job_def(job).execute_in_process(
                    instance=instance, tags=run_tags(), raise_on_error=False, **configured
                )

            results = [execute(COLLECT_JOB, run_config=run_config)]
            if results[0].success and also_builds and not is_latest(paths):
                results.append(execute(BUILD_JOB))
            if all(result.success for result in results) and (slow := Lake(paths.lake).put_off()):
                # what was read is published; now those that would have kept it waiting
                report(_SLOW, 0, len(slow))
                run_config["ops"]["landed_documents"]["config"]["visit"] = False
                results.append(execute(COLLECT_JOB, run_config=run_config))
                if results[-1].success and also_builds and not is_latest(paths):
                    results.append(execute(BUILD_JOB))
    return _outcome(results, monotonic() - started)


def _outcome(results: Sequence[ExecuteInProcessResult], seconds: float) -> RefreshOutcome:
    events = [event for result in results for event in result.all_events]
    facts: dict[str, dict[str, Any]] = {}
    for result in results:
        for event in result.get_asset_materialization_events():
            if event.asset_key is not None:
                said = {name: fact.value for name, fact in event.materialization.metadata.items()}
                before = facts.get(event.asset_key.path[-1], {})
                added = {name: before[name] + said[name] for name in _COUNTED_TOGETHER if name in before}
                known = {name: before[name] for name in _OF_THE_FIRST if name in before}
                facts[event.asset_key.path[-1]] = said | added | known
    return RefreshOutcome(
        succeeded=all(result.success for result in results),
        seconds=seconds,
        seconds_by_step={
            str(event.step_key): event.step_success_data.duration_ms / 1000
            for event in events
            if event.is_step_success
        },
        facts=facts,
        failed_steps=[failed_step(event) for event in events if event.is_step_failure],
        failed_checks=[
            _failed_check(check)
            for result in results
            for check in result.get_asset_check_evaluations()
            if not check.passed and check.severity.value == "ERROR"
        ],
    )


def _failed_check(check: AssetCheckEvaluation) -> FailedCheck:
    rows, rules = check.metadata.get(ROWS_METADATA), check.metadata.get(RULES_METADATA)
    return FailedCheck(
        check.check_name,
        check.asset_key.to_user_string(),
        int(str(rows.value)) if rows is not None else None,
        str(rules.value) if rules is not None else "",
    )


def failed_step(event: DagsterEvent) -> FailedStep:
    """Which step failed, and why, in words."""
    data = event.step_failure_data
    if data.user_failure_data is not None and data.user_failure_data.description:
        message = data.user_failure_data.description
    else:
        error = data.error
        while error is not None and error.cause is not None:
            error = error.cause
        message = error.message if error is not None else "no reason was recorded"
        if error is not None and error.cls_name in _INTERRUPTS:
            message = "it was interrupted"
    # dbt lists what it ran before it says what was wrong with what failed.
    _, opening, explanation = message.partition(_DBT_EXPLAINS)
    return FailedStep(str(event.step_key), (opening + explanation or message).strip())


@contextmanager
def _terminal_kept_apart(log: TextIO) -> Iterator[TextIO]:
    """Send everything that this process and its children print to ``log``; give the terminal's error stream.

    Done below Python, since libraries and child processes write past ``sys.stdout``.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    saved = os.dup(1), os.dup(2)
    with os.fdopen(os.dup(2), "w", encoding="utf-8") as terminal:
        try:
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
            yield terminal
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            os.dup2(saved[0], 1)
            os.dup2(saved[1], 2)
            for descriptor in saved:
                os.close(descriptor)


@contextmanager
def _progress(terminal: TextIO) -> Iterator[None]:
    """Show what is reported: bars on a terminal, one line per step elsewhere."""
    console = Console(file=terminal, highlight=False, emoji=False)
    if not console.is_terminal:
        with listening(_LinePerStep(console)):
            yield
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bars = Progress(
        *columns,
        console=console,
        transient=True,
        refresh_per_second=4,
        redirect_stdout=False,  # what is printed belongs in the log, not above the bars
        redirect_stderr=False,
    )
    with bars, listening(_BarPerStep(bars)):
        yield


class _BarPerStep:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, step: str, done: int, total: int | None) -> None:
        if step not in self._tasks:
            self._tasks[step] = self._bars.add_task(step, total=total)
        self._bars.update(self._tasks[step], completed=done, total=total)


class _LinePerStep:
    def __init__(self, console: Console) -> None:
        self._console = console
        self._seen: set[str] = set()

    def __call__(self, step: str, done: int, total: int | None) -> None:
        if step not in self._seen:
            self._seen.add(step)
            self._console.print(f"{step} …" if total is None else f"{step}: {total:,} …")


def _forget_old_logs(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("run-*.log"))[:-_LOGS_KEPT]:
        old.unlink()
