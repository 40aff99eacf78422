"""Reports of a check as files, each of the kind that its name ends in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from extract.landing import content_id
from extract.media_type import PDF, WORD, WORKBOOK
from extract.version import RELEASE
from orchestration.command.terminal import UsageError
from orchestration.direct.reading import found_files
from orchestration.home.durable import replacing
from orchestration.reports.entries import Entry, Told
from orchestration.reports.printed import with_boxes
from orchestration.reports.words import WORDS, Language

PAGE = ".html"
MARKED = {".pdf": PDF, ".xlsx": WORKBOOK, ".docx": WORD}


def check_kind(report: Path, named: Sequence[Path], language: Language) -> None:
    """Refuse a report of a kind that is not made, or in place of a file. Raises :class:`UsageError`."""
    words = WORDS[language]
    kind = report.suffix.lower()
    if kind not in (PAGE, *MARKED):
        known = ", ".join((PAGE, *MARKED))
        raise UsageError(words["no_such_report"].format(known, kind or words["no_ending"]))
    if any(report.exists() and path.exists() and report.samefile(path) for path in named):
        raise UsageError(words["would_overwrite"].format(report))
    if not report.absolute().parent.is_dir():
        raise UsageError(words["no_folder"].format(report.absolute().parent))


def write_reports(reports: Sequence[Path], named: Sequence[Path], told: Told, language: Language) -> None:
    """Write each report of the ``named`` files, folders and archives, whole or not at all.

    Raises :class:`UsageError` for a marked copy of nothing.
    """
    originals = originals_of(named)
    for report in reports:
        if report.suffix.lower() == PAGE:
            content = page_of_today(told, originals, language).encode()
        else:
            content = _marked(report, told, originals, language)
        with replacing(report) as unfinished:
            unfinished.write_bytes(content)


def originals_of(named: Sequence[Path]) -> dict[str, bytes]:
    """The bytes of all files, also those within folders and archives, by the id of their document."""
    return {content_id(data): data for data in (file.read() for file in found_files(named))}


def page_of_today(told: Told, originals: Mapping[str, bytes], language: Language) -> str:
    """The page of a report, made today by this release."""
    from orchestration.reports.page import report_page

    return report_page(told, originals, language=language, version=RELEASE, today=date.today())


def _marked(report: Path, told: Told, originals: Mapping[str, bytes], language: Language) -> bytes:
    kind = report.suffix.lower()
    chosen = [each for each in told.checked.documents if each.media_type == MARKED[kind]]
    if len(chosen) != 1:
        raise UsageError(WORDS[language]["marked_of_one"].format(report, kind, len(chosen)))
    (document,) = chosen
    entries = with_boxes(told.entries, told.checked.documents, originals)
    marked = [entry for entry in entries if entry.set_aside_because is None]
    return _marking(kind)(originals[document.document_id], document.document_id, marked, language)


def _marking(kind: str) -> Callable[[bytes, str, Sequence[Entry], Language], bytes]:
    """What writes a marked copy of a kind; libraries of the other kinds are not loaded."""
    if kind == ".pdf":
        from orchestration.reports.marked_pdf import marked_pdf

        return marked_pdf
    if kind == ".xlsx":
        from orchestration.reports.marked_xlsx import marked_xlsx

        return marked_xlsx
    from orchestration.reports.marked_docx import marked_docx

    return marked_docx
