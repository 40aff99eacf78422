"""``disclosures check``: what does not add up in some files, without a warehouse."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path

from rich.text import Text

from orchestration.checking.evidence import Evidence
from orchestration.command.against import compared, show_comparison
from orchestration.command.options import CheckFormat, Severity
from orchestration.command.terminal import CommandError, UsageError, escape, messages, output
from orchestration.direct.executing import BuildError
from orchestration.direct.holding import ContractError
from orchestration.direct.plan import PlanError
from orchestration.direct.reading import found_files
from orchestration.library import SEVERITIES, Checked, check_with_evidence
from orchestration.reports.decisions import decided, of_nothing, read_decisions
from orchestration.reports.entries import GRAVE, REQUIREMENT, SHOWN, Entry, Told, conclusion, entries_of
from orchestration.reports.reasons import reason_in
from orchestration.reports.words import WORDS, Language, language_of_terminal
from orchestration.reports.writing import check_kind, write_reports
from orchestration.texts.shown_text import without_controls

OK = 0
SOMETHING_FAILED = 1
SOMETHING_FOUND = 3
_COLOURS = {"discrepancy": "bold red", "suspect": "yellow"}
_MOST_MESSAGES = 3
_MOST_NAMES = 8
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
    language = language or language_of_terminal()
    words = WORDS[language]
    _look_for(named, words)
    decisions = read_decisions(decisions_file, language) if decisions_file else {}
    for report in reports:
        check_kind(report, named, language)
    # Nearly all that a process of seconds makes is in use until its end: to look for garbage among every 700
    # objects takes a twentieth of it.
    gc.set_threshold(_OBJECTS_BEFORE_GARBAGE)
    try:
        checked, evidence = check_with_evidence(named, in_processes=True)
    except OSError as error:
        raise CommandError(
            words["not_opened"].format(error.filename or "", error.strerror or error)
        ) from error
    except (PlanError, BuildError) as error:
        raise CommandError(f"{str(error).capitalize()}.") from error
    except ContractError as error:
        raise CommandError(
            f"What was made of the documents is not what it must be, so nothing is said of them:\n{error}"
        ) from error
    entries = decided(entries_of(checked, evidence, language), decisions)
    comparison = compared(list(named), against, language) if against else None
    if reports:
        write_reports(reports, named, Told(checked, evidence, entries), language)
    if shape is CheckFormat.JSON:
        told = asdict(checked) | ({"against": asdict(comparison)} if comparison else {})
        json.dump(told, sys.stdout, ensure_ascii=False, indent=1, default=str)
        sys.stdout.write("\n")
    else:
        _show(checked, evidence, entries, time.perf_counter() - began, language)
        if gone := of_nothing(entries, decisions):
            messages().print(f"{words['gone']} {escape(', '.join(gone))}")
        if comparison:
            show_comparison(comparison, language)
    for report in reports:
        said = words["report_at"].format(report, report.stat().st_size / 1e6)
        messages().print(Text(without_controls(said)))
    if any(each.status == "failed" for each in checked.documents):
        return SOMETHING_FAILED
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on else ()
    is_found = any(entry.severity in grave for entry in entries if entry.set_aside_because is None)
    is_other = fail_on is not None and comparison is not None and bool(comparison.differences)
    return SOMETHING_FOUND if is_found or is_other else OK


def _look_for(named: Sequence[Path], words: Mapping[str, str]) -> None:
    for path in named:
        if not path.exists():
            raise UsageError(words["not_there"].format(path))
    if not found_files(named):
        raise UsageError(words["no_file_in"].format(words["comma"].join(map(str, named))))


def _show(
    checked: Checked, evidence: Evidence, entries: Sequence[Entry], seconds: float, language: Language
) -> None:
    words = WORDS[language]
    console = output()
    open_entries = [entry for entry in entries if entry.set_aside_because is None]
    for entry in open_entries:
        if entry.severity in GRAVE:
            console.print(_in_words(entry, words), soft_wrap=True)
            console.print()
    for severity in (each for each in SHOWN if each not in GRAVE):
        told = [entry for entry in open_entries if entry.severity == severity]
        if told:
            console.print(f"{words[severity]} {len(told):,}", style="bold")
            for entry in told:
                said = " ".join(
                    (entry.what, *entry.messages)
                    if severity == REQUIREMENT
                    else entry.messages or (entry.what,)
                )
                console.print(Text(f"  {entry.where}  {said}"), soft_wrap=True)
            console.print()
    for entry in entries[len(open_entries) :]:
        console.print(
            Text(f"[{words['set_aside']}] {entry.where}  {entry.what}  {entry.set_aside_because}"),
            soft_wrap=True,
        )
    concluded = conclusion(checked, entries)
    if concluded is not None and concluded != "none_read":  # what was not read is said below
        console.print(words[concluded])
    console = messages()
    for sentence in _beside(checked, language):
        console.print(Text(without_controls(sentence)))
    count = {name: checked.asked.get(name, 0) for name in ("holds", "breaks", "not_asked")}
    count |= {name: checked.counts[name] for name in ("forms", "amounts", "claims", "rejects")}
    count["documents"] = len(checked.documents)
    numbers = {name: f"{number:,}" for name, number in count.items()}
    because = _unasked(evidence, language)
    because = words["because_of"].format(because) if because else ""
    console.print(Text(words["summed_up"].format(**numbers, because=because, seconds=seconds)))


def _beside(checked: Checked, language: Language) -> Iterator[str]:
    """What a person should hear of files and forms that were not, or not quite, understood."""
    words = WORDS[language]
    for document in checked.documents:
        if document.status == "failed":
            reason = reason_in(language, document.failure_reason)
            yield words["failed_file"].format(document.file_name, reason)
    read = [each for each in checked.documents if each.status == "read" and not each.is_template]
    for fact in ("publisher_name", "fiscal_year", "stage"):
        unknown = [each.file_name for each in read if getattr(each, fact) is None]
        if unknown:
            yield words[f"unknown_{fact}"].format(_listed(unknown, words))
    others = [each.file_name for each in checked.documents if each.status == "not_a_disclosure"]
    if others:
        yield words["no_disclosure"].format(_listed(others, words))
    if checked.unnamed_forms:
        titles = dict.fromkeys(each.printed_title or words["untitled"] for each in checked.unnamed_forms)
        yield words["unnamed_of"].format(
            forms=len(checked.unnamed_forms),
            titles=_listed(list(titles), words),
            amounts=sum(each.amounts for each in checked.unnamed_forms),
        )


def _listed(names: Sequence[str], words: Mapping[str, str]) -> str:
    shown = words["comma"].join(names[:_MOST_NAMES])
    return shown + (words["and_more"].format(len(names) - _MOST_NAMES) if len(names) > _MOST_NAMES else "")


def _unasked(evidence: Evidence, language: Language) -> str:
    """Why identities could not be asked, the most frequent reason first."""
    reasons: Counter[str] = Counter()
    for each in chain.from_iterable(evidence.unasked.values()):
        reasons[each.because_zh if language is Language.ZH else each.because_en] += each.identities
    return WORDS[language]["comma"].join(f"{reason} {number:,}" for reason, number in reasons.most_common())


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
