"""``disclosures inspect``: hundreds of disclosures at once, as a workbook and a notice for each publisher."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import polars as pl

from orchestration.collecting.visits import CHINA
from orchestration.command.terminal import CommandError, UsageError, escape, messages, output
from orchestration.direct.executing import BuildError
from orchestration.direct.holding import ContractError
from orchestration.direct.plan import PlanError
from orchestration.direct.reading import found_files
from orchestration.inspecting.changes import GONE, MENDED, NEW, STILL, changes
from orchestration.inspecting.notices import write_notices
from orchestration.inspecting.roster import read_roster
from orchestration.inspecting.rounds import ROUND_FILE, Round, inspect, keep, kept
from orchestration.inspecting.workbook import write_workbook

WORKBOOK, NOTICES = "检查结果.xlsx", "通知"


def inspect_folder(
    folder: Path, to: Path, since: Path | None = None, roster: Path | None = None, today: date | None = None
) -> int:
    """Inspect what is in ``folder``, write to ``to``, and say what became of the round in ``since``.

    ``roster`` is a file that says what ought to be there; ``today`` is the day from which days are overdue.
    The exit status is 1 when a file could not be read. Raises :class:`UsageError` for a folder that is not
    there, holds no file or no round, and for what is no roster, :class:`CommandError` where we broke
    something.
    """
    began = time.perf_counter()
    if not folder.exists():
        raise UsageError(f"{folder} is not there.")
    if not found_files([folder]):
        raise UsageError(f"No file is in {folder}.")
    before = _round_before(since) if since else None
    due = _roster(roster) if roster else None
    try:
        found = inspect([folder], due)
    except OSError as error:
        raise CommandError(
            f"{error.filename or 'A file'} cannot be read: {error.strerror or error}."
        ) from error
    except (PlanError, BuildError, ContractError) as error:
        raise CommandError(f"{str(error).capitalize()}.") from error
    changed = changes(before, found) if before else None
    keep(found, to)
    write_workbook(found, changed, to / WORKBOOK, today or datetime.now(CHINA).date())
    notices = list(write_notices(found, changed, to / NOTICES))
    documents = len({point.file_name for point in found.points})
    count = Counter(point.outcome for point in found.points)
    output().print(
        f"{documents:,} documents: {count['met']:,} met, {count['not_met']:,} not met, "
        f"{count['discrepancy']:,} discrepancies, {count['remark']:,} remarks, "
        f"{count['cannot_be_judged']:,} could not be judged."
    )
    if changed is not None:
        became = Counter(change.became for change in changed)
        output().print("  ".join(f"{name} {became[name]:,}" for name in (MENDED, STILL, NEW, GONE)))
    if found.publications:
        status = Counter(each.publication_status for each in found.publications)
        exempt, missing = status["exempt"], status["not_published"]
        output().print(
            f"{len(found.publications) - exempt:,} were to be published: {missing:,} are not there, "
            f"{exempt:,} are exempt."
        )
    for name, why in found.unread:
        messages().print(f"[red]unread[/] {escape(name)}: {escape(why)}")
    messages().print(
        f"{escape(str(to / WORKBOOK))} and {len(notices):,} notices, {time.perf_counter() - began:.1f} s"
    )
    return 1 if found.unread else 0


def _roster(file: Path) -> pl.DataFrame:
    try:
        return read_roster(file)
    except (OSError, ValueError) as error:
        raise UsageError(f"{file} is no roster: {error}.") from error


def _round_before(since: Path) -> Round:
    try:
        return kept(since)
    except FileNotFoundError as error:
        raise UsageError(
            f"{since / ROUND_FILE} is not there: give the -o folder of the round before."
        ) from error
    except ValueError as error:
        raise UsageError(f"{since / ROUND_FILE} cannot be read: {error}.") from error
