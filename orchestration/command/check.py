"""``disclosures check``: what does not add up in some files, without a warehouse."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from rich.text import Text

from orchestration.command.against import compared, show_comparison
from orchestration.command.options import CheckFormat, Severity
from orchestration.command.terminal import CommandError, UsageError, escape, messages, output
from orchestration.command.unidentified import DocumentState, unidentified_in_words
from orchestration.command.unnamed_forms import UnnamedForm, unnamed_forms_in_words
from orchestration.direct.executing import BuildError
from orchestration.direct.holding import ContractError
from orchestration.direct.plan import PlanError
from orchestration.direct.reading import found_files
from orchestration.library import SEVERITIES, Checked, check_with_evidence
from orchestration.reports.decisions import decided, of_nothing, read_decisions
from orchestration.reports.entries import GRAVE, Entry, Told, entries_of
from orchestration.reports.words import WORDS, Language, language_of_terminal
from orchestration.reports.writing import check_kind, write_reports

OK = 0
SOMETHING_FAILED = 1
SOMETHING_FOUND = 3
_COLOURS = {"discrepancy": "bold red", "suspect": "yellow"}
_MOST_MESSAGES = 3
_OBJECTS_BEFORE_GARBAGE = 100_000


def check_files(
    named: Sequence[Path],
    shape: CheckFormat,
    *,
    reports: Sequence[Path] = (),
    language: Language | None = None,
    fail_on: Severity | None = None,
    decisions_file: Path | None = None,
    against: Path | None = None,
) -> int:
    """Print what was found in ``named`` files, folders and archives, write ``reports``; give the exit status.

    That is 1 when a file could not be read, and 3 when something as grave as ``fail_on`` was found, or, where
    ``against`` is what was approved, any figure is another one. Raises
    :class:`UsageError` for a file that is not there or a report of a kind that is not made,
    :class:`CommandError` if we broke something.
    """
    began = time.perf_counter()
    _look_for(named)
    language = language or language_of_terminal()
    decisions = read_decisions(decisions_file) if decisions_file else {}
    for report in reports:
        check_kind(report, named)
    # Nearly all that a process of seconds makes is in use until its end: to look for garbage among every 700
    # objects takes a twentieth of it.
    gc.set_threshold(_OBJECTS_BEFORE_GARBAGE)
    try:
        checked, evidence = check_with_evidence(named, in_processes=True)
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
    entries = decided(entries_of(checked, evidence, language), decisions)
    comparison = compared(list(named), against) if against else None
    if reports:
        write_reports(reports, named, Told(checked, evidence, entries), language)
    if shape is CheckFormat.JSON:
        told = asdict(checked) | ({"against": asdict(comparison)} if comparison else {})
        json.dump(told, sys.stdout, ensure_ascii=False, indent=1, default=str)
        sys.stdout.write("\n")
    else:
        _show(checked, entries, time.perf_counter() - began, language)
        if gone := of_nothing(entries, decisions):
            messages().print(f"{WORDS[language]['gone']} {escape(', '.join(gone))}")
        if comparison:
            show_comparison(comparison, language)
    for report in reports:
        messages().print(f"report: {escape(str(report))}, {report.stat().st_size / 1e6:,.1f} MB")
    if any(each.status == "failed" for each in checked.documents):
        return SOMETHING_FAILED
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on else ()
    is_found = any(entry.severity in grave for entry in entries if entry.set_aside_because is None)
    is_other = fail_on is not None and comparison is not None and bool(comparison.differences)
    return SOMETHING_FOUND if is_found or is_other else OK


def _look_for(named: Sequence[Path]) -> None:
    for path in named:
        if not path.exists():
            raise UsageError(f"{path} is not there.")
    if not found_files(named):
        raise UsageError(f"No file is in {', '.join(map(str, named))}.")


def _show(checked: Checked, entries: Sequence[Entry], seconds: float, language: Language) -> None:
    words = WORDS[language]
    console = output()
    open_entries = [entry for entry in entries if entry.set_aside_because is None]
    for entry in open_entries:
        if entry.severity in GRAVE:
            console.print(_in_words(entry, words), soft_wrap=True)
            console.print()
    for severity in (each for each in SEVERITIES if each not in GRAVE):
        told = [entry for entry in open_entries if entry.severity == severity]
        if told:
            console.print(f"{words[severity]} {len(told):,}", style="bold")
            for entry in told:
                said = " ".join(entry.messages or (entry.what,))
                console.print(Text(f"  {entry.where}  {said}"), soft_wrap=True)
            console.print()
    for entry in entries[len(open_entries) :]:
        console.print(
            Text(f"[{words['set_aside']}] {entry.where}  {entry.what}  {entry.set_aside_because}"),
            soft_wrap=True,
        )
    statuses = {document.status for document in checked.documents}
    if not entries and "read" in statuses and "failed" not in statuses:
        console.print(words["none"])
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
    if unnamed_in_words := unnamed_forms_in_words(unnamed):
        console.print(unnamed_in_words)
    count = {name: checked.asked.get(name, 0) for name in ("holds", "breaks", "not_asked")}
    console.print(
        f"{len(checked.documents):,} documents, {checked.counts['forms']:,} forms, "
        f"{checked.counts['amounts']:,} amounts, {checked.counts['claims']:,} claims, "
        f"{checked.counts['rejects']:,} rejects. "
        f"{count['holds']:,} identities hold, {count['breaks']:,} break, {count['not_asked']:,} could not be "
        f"asked. {len(checked.findings):,} findings in {seconds:.1f} s."
    )


def _in_words(entry: Entry, words: Mapping[str, str]) -> Text:
    """What to correct, where, and why, on a few lines."""
    text = Text()
    text.append(f"[{words[entry.severity]}] ", style=_COLOURS[entry.severity])
    text.append(f"{entry.where}  ")
    text.append(entry.what, style="bold")
    if entry.printed or entry.should:
        told = [
            f"{words[name]} {value}"
            for name, value in (("printed", entry.printed), ("should", entry.should))
            if value
        ]
        text.append(f"\n  {'  '.join(told)}")
    for message in entry.messages[:_MOST_MESSAGES]:
        text.append(f"\n  {message}", style="dim")
    text.append(f"  {words['key']} {entry.fingerprint}", style="dim")
    if len(entry.messages) > _MOST_MESSAGES:
        text.append(f"\n  {words['same_cause'].format(len(entry.messages))}", style="dim")
    return text
