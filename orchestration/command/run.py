"""``disclosures run``: land, read, rebuild, reconcile, publish, and say what came of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from time import monotonic

import polars as pl

from extract.sources.registry import RegistryError
from orchestration.collecting.declared_sources import declared_sources
from orchestration.collecting.listing import (
    MissingSourceError,
    has_other_sources,
    list_folder_sources,
    list_folders,
)
from orchestration.command.current_version import version_in_words
from orchestration.command.refresh import FailedCheck, RefreshOutcome, nothing_done, refresh
from orchestration.command.summary import show_collected, show_summary
from orchestration.command.terminal import CommandError, UsageError, escape, messages
from orchestration.command.unchanged import known_if_nothing_is_new
from orchestration.home.alerts import Alert, raise_alert
from orchestration.home.build_lock import BuildInProgressError, building
from orchestration.home.disk_space import full_disk
from orchestration.home.paths import Paths, builds, command_as_typed
from orchestration.texts.failures import failures_of_last_run

OK = 0
SOMETHING_FAILED = 1
_MOST_FAILURES_SHOWN = 50


def run(paths: Paths, source: Path | None) -> int:
    """Refresh the warehouse from ``source`` or the configured sources; give the exit status.

    0 when everything that was found is in the warehouse, whatever its publishers got wrong, and when nothing
    was found at all. 1 when a step failed, or when a file that was found cannot be landed or read, be it new
    or not: taking it out of the sources settles it. Raises :class:`UsageError` for a missing source.
    """
    sources = [source.absolute()] if source else []
    try:
        found = list_folders(paths, sources) if sources else list_folder_sources(paths)
        has_others = not sources and has_other_sources(paths)
    except MissingSourceError as error:
        raise UsageError(f"{str(error).capitalize()}.") from error
    except RegistryError as error:
        raise UsageError(str(error)) from error
    if not found and not has_others:
        _say_nothing_found(paths, sources)
        return OK
    log_file = new_log_file(paths)
    try:
        with building(paths.build_lock, purpose="`disclosures run`"):
            started = monotonic()
            known = known_if_nothing_is_new(paths, found) if builds() and not has_others else None
            if known is None:
                outcome = refresh(paths, sources, log_file)
            else:
                outcome = nothing_done(known, monotonic() - started)
            failures = failures_of_last_run(paths)
    except BuildInProgressError as error:
        raise CommandError(str(error)) from error
    return say_what_came_of_it(paths, outcome, failures, log_file)


def new_log_file(paths: Paths) -> Path:
    """Where a run of now writes what its libraries say."""
    return paths.logs / f"run-{datetime.now().strftime('%Y%m%d-%H%M%S-%f')}.log"


def say_what_came_of_it(paths: Paths, outcome: RefreshOutcome, failures: pl.DataFrame, log_file: Path) -> int:
    """Print failed steps, the summary and failed files; give the exit status."""
    _say_what_failed(paths, outcome, log_file)
    if not outcome.succeeded:
        reasons = "; ".join(f"{failed.step}: {failed.reason}" for failed in outcome.failed_steps)
        raise_alert(paths, Alert("run_failed", reasons or f"it failed; see {log_file}"))
    if outcome.succeeded:
        show_summary(paths, outcome) if builds() else show_collected(outcome)
    console = messages()
    for file_name, _, reason in failures.head(_MOST_FAILURES_SHOWN).iter_rows():
        console.print(f"[red]failed[/] {escape(file_name)}: {escape(reason)}")
    if failures.height > _MOST_FAILURES_SHOWN:
        console.print(
            f"… and {failures.height - _MOST_FAILURES_SHOWN} more; `disclosures status` lists them."
        )
    if log_file.exists():
        console.print(f"[dim]log: {escape(str(log_file))}[/]")
    all_well = outcome.succeeded and not outcome.failed_checks and failures.is_empty()
    return OK if all_well else SOMETHING_FAILED


def _say_nothing_found(paths: Paths, sources: list[Path]) -> None:
    declared = [Path(place) for folder in declared_sources(paths).folders for place in folder.places]
    looked = ", ".join(str(folder) for folder in sources or declared)
    console = messages()
    if not looked:
        console.print(f"No source is named: `{command_as_typed()} run --source FOLDER` reads a folder.")
        return
    console.print(f"No disclosures found under {escape(looked)}, so there is nothing to do.")
    if paths.published_file.exists():
        console.print(f"The warehouse stays as it was: {escape(str(paths.published_file))}")


def _say_what_failed(paths: Paths, outcome: RefreshOutcome, log_file: Path) -> None:
    console = messages()
    for check in outcome.failed_checks:
        console.print(f"[red]{escape(failed_check_in_words(check))}[/]")
    for failed in outcome.failed_steps:
        if not (outcome.failed_checks and failed.is_only_tests):
            console.print(f"[red]The step {escape(failed.step)} failed:[/]\n{escape(failed.reason)}")
    if not outcome.succeeded:
        if advice := full_disk(paths.home, "\n".join(failed.reason for failed in outcome.failed_steps)):
            console.print(f"[red]{escape(advice)}[/]")
        if not outcome.failed_steps:
            console.print("[red]The run failed before its first step.[/] The log says why.")
        console.print(f"Nothing was published. {escape(_what_readers_have(paths))}".strip())


def failed_check_in_words(check: FailedCheck) -> str:
    """Which test failed, of what, by how many rows, and which rules those break."""
    rows = "" if check.rows is None else f": {check.rows:,} {'row' if check.rows == 1 else 'rows'}"
    rules = f" ({check.rules})" if check.rules else ""
    return f"The test {check.name} of {check.asset} failed{rows}{rules}."


def _what_readers_have(paths: Paths) -> str:
    if not paths.published_file.exists():
        return ""
    return f"Readers still have {version_in_words(paths)}: {paths.published_file}"
