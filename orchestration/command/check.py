"""``disclosures check``: what does not add up in some files, without a warehouse."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.table import Table

from orchestration.command.options import CheckFormat
from orchestration.command.terminal import CommandError, UsageError, escape, messages, output
from orchestration.command.unidentified import DocumentState, unidentified_in_words
from orchestration.command.unnamed_forms import UnnamedForm, unnamed_forms_in_words
from orchestration.direct.executing import BuildError
from orchestration.direct.holding import ContractError
from orchestration.direct.plan import PlanError
from orchestration.library import Checked, Finding, check

OK = 0
SOMETHING_FAILED = 1
_MOST_PLACES = 6
_OBJECTS_BEFORE_GARBAGE = 100_000


def check_files(files: Sequence[Path], shape: CheckFormat) -> int:
    """Print what was found in ``files``; give the exit status: 1 when one of them could not be read.

    Raises :class:`UsageError` for a file that is not there, :class:`CommandError` if we broke something.
    """
    for file in files:
        if not file.is_file():
            what = "is a folder; name the files in it" if file.is_dir() else "is not there"
            raise UsageError(f"{file} {what}.")
    began = time.perf_counter()
    # Nearly all that a process of seconds makes is in use until its end: to look for garbage among every 700
    # objects takes a twentieth of it.
    gc.set_threshold(_OBJECTS_BEFORE_GARBAGE)
    try:
        checked = check(files, in_processes=True)
    except OSError as error:
        raise CommandError(
            f"{error.filename or 'A file'} cannot be read: {error.strerror or error}."
        ) from error
    except (PlanError, BuildError) as error:
        raise CommandError(f"{str(error).capitalize()}.") from error
    except ContractError as error:
        raise CommandError(
            f"What was made of the documents is not what it must be, so nothing is said of them:\n{error}"
        ) from error
    if shape is CheckFormat.JSON:
        json.dump(asdict(checked), sys.stdout, ensure_ascii=False, indent=1, default=str)
        sys.stdout.write("\n")
    else:
        _show(checked, time.perf_counter() - began)
    return SOMETHING_FAILED if any(each.status == "failed" for each in checked.documents) else OK


def _show(checked: Checked, seconds: float) -> None:
    if checked.findings:
        table = Table(show_edge=False)
        for name in ("severity", "document", "where", "residual 元", "what"):
            table.add_column(name, justify="right" if name == "residual 元" else "left", overflow="fold")
        for finding in checked.findings:
            table.add_row(*(escape(cell) for cell in _cells(finding)))
        output().print(table)
    console = messages()
    for document in checked.documents:
        if document.status == "failed":
            console.print(
                f"[red]failed[/] {escape(document.file_name)}: {escape(document.failure_reason or '')}"
            )
    states = [
        DocumentState(**{name: getattr(document, name) for name in DocumentState._fields})
        for document in checked.documents
    ]
    for sentence in unidentified_in_words(states):
        console.print(sentence)
    unnamed = [
        UnnamedForm(each.file_name, each.printed_title, each.amounts) for each in checked.unnamed_forms
    ]
    if words := unnamed_forms_in_words(unnamed):
        console.print(words)
    count = {name: checked.asked.get(name, 0) for name in ("holds", "breaks", "not_asked")}
    console.print(
        f"{len(checked.documents):,} documents, {checked.counts['forms']:,} forms, "
        f"{checked.counts['amounts']:,} amounts, {checked.counts['claims']:,} claims, "
        f"{checked.counts['rejects']:,} rejects. "
        f"{count['holds']:,} identities hold, {count['breaks']:,} break, {count['not_asked']:,} could not be "
        f"asked. {len(checked.findings):,} findings in {seconds:.1f} s."
    )


def _cells(finding: Finding) -> tuple[str, ...]:
    more = ", …" if len(finding.places) > _MOST_PLACES else ""
    return (
        finding.severity,
        finding.file_name,
        ", ".join(map(str, finding.places[:_MOST_PLACES])) + more,
        "" if finding.residual_yuan is None else f"{finding.residual_yuan:,}",
        finding.message_zh,
    )
