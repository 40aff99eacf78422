"""The printed lines around figures, with the figures marked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb
from rich.console import Console
from rich.text import Text

from extract import UnreadableDocumentError, printed_pages
from extract.landing import LandedBytesError, LandingStore
from orchestration.command.published import Row, rows
from orchestration.command.terminal import escape
from orchestration.home.paths import Paths

_LINES_AROUND = 3
_TAB = " │ "
_OPENS, _CLOSES, _SHOULD_BE = "【", "】", "⇒"
_FIGURES = """
    with figures as (
        select
            amount_id as figure_id, document_id, page_no, line_no, field_no, amount_text as printed_text,
            1 as occurrence
        from staging.amounts
        union all
        select
            claim_id, document_id, page_no, line_no, null, amount_text,
            -- the same words can stand in a line several times
            row_number() over (
                partition by document_id, page_no, line_no, amount_text
                order by try_cast(regexp_extract(claim_id, '(\\d+)$', 1) as bigint), claim_id
            )
        from staging.claims
    )
    select * from figures
    where figure_id in (select unnest($figures::varchar[]))
    order by all
"""
_DOCUMENTS = """
    select document_id, file_name, media_type from staging.documents
    where document_id in (select unnest($documents::varchar[]))
    order by file_name, document_id
"""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of one line, and what they should probably say instead."""

    start: int
    end: int
    suggested: str | None = None


_Page = int | None  # None in a document without pages


@dataclass
class _Marks:
    """What to show of one document: places (lines of a text, else pages), and the figures among them."""

    places: set[int] = field(default_factory=set)
    figures: list[Row] = field(default_factory=list)

    def lines(self, page: _Page) -> set[int]:
        """The lines to mark on a page: those of its figures; of a page cited for itself, the first."""
        marked = {line for figure in self.figures if figure["page_no"] == page and (line := _number(figure))}
        if page is None:
            return marked | self.places
        return marked or ({1} if page in self.places else set())


def print_printed_lines(
    console: Console,
    connection: duckdb.DuckDBPyConnection,
    paths: Paths,
    *,
    places: Mapping[str, Iterable[int]],
    figures: Collection[str],
    suggestions: Mapping[str, str | None],
) -> None:
    """Print the lines around ``places`` and ``figures``, document by document, those of ``places`` first.

    ``places`` are lines (of what has pages: pages) by document id; ``figures`` are ids of amounts and
    claims, which may stand in further documents; ``suggestions`` say what some of the figures should be.
    """
    marks = {document_id: _Marks(set(numbers)) for document_id, numbers in places.items()}
    for figure in rows(connection, _FIGURES, figures=list(figures)):
        of_document = marks.setdefault(str(figure["document_id"]), _Marks())
        of_document.figures.append(figure)
    documents = {str(row["document_id"]): row for row in rows(connection, _DOCUMENTS, documents=list(marks))}
    in_order = [*places, *(document_id for document_id in documents if document_id not in places)]
    for document_id in in_order:
        document = documents[document_id]
        if len(marks) > 1:
            console.print(f"\n[bold]{escape(str(document['file_name']))}[/]")
        _print_document(console, paths, document, marks[document_id], suggestions)


def _print_document(
    console: Console, paths: Paths, document: Row, marks: _Marks, suggestions: Mapping[str, str | None]
) -> None:
    store = LandingStore(paths.landing)
    try:
        _, data = store.fetch(str(document["document_id"]), str(document["file_name"]))
        printed = printed_pages(data, str(document["media_type"]))
    except (LandedBytesError, UnreadableDocumentError) as error:
        console.print(f"\nThe printed text cannot be shown: {escape(str(error))}")
        pages = {page for figure in marks.figures if isinstance(page := figure["page_no"], int)}
        for page in sorted(pages):
            console.print(f"Of the published document, open page {page}.")
        return
    for page_no, lines in printed:
        marked = marks.lines(page_no)
        if marked:
            figures = [figure for figure in marks.figures if figure["page_no"] == page_no]
            if page_no is not None:
                console.print(f"\n[bold]page {page_no}[/]", end="")
            _print_page(console, lines, marked, spans_of_figures(lines, figures, suggestions))


def _print_page(
    console: Console, lines: Sequence[str], marked: set[int], spans: Mapping[int, Sequence[Span]]
) -> None:
    previous: int | None = None
    for number in sorted(_neighbours(marked, len(lines))):
        if number - 1 != previous:
            console.print()
        line = _line(number, lines[number - 1], number in marked, spans.get(number, []))
        console.print(line, soft_wrap=True)
        previous = number


def _number(figure: Row) -> int | None:
    number = figure["line_no"]
    return number if isinstance(number, int) else None


def spans_of_figures(
    lines: Sequence[str], figures: Iterable[Row], suggestions: Mapping[str, str | None]
) -> dict[int, list[Span]]:
    """Where each figure stands, by number of the line: a whole field, or the figure's own words in prose.

    A figure in prose may go on in the next line; a figure that is not found has no span.
    """
    spans: dict[int, list[Span]] = {}
    for figure in figures:
        number, position = figure["line_no"], figure["field_no"]
        if not isinstance(number, int) or not 1 <= number <= len(lines):
            continue
        suggested = suggestions.get(str(figure["figure_id"]))
        if isinstance(position, int):
            found = _field(lines[number - 1], position)
            parts = [] if found is None else [(number, *found)]
        else:
            parts = _words(lines, number, str(figure["printed_text"]), int(str(figure["occurrence"])))
        for place, (line, start, end) in enumerate(parts, start=1):
            is_last = place == len(parts)
            spans.setdefault(line, []).append(Span(start, end, suggested if is_last else None))
    return {line: _apart(found) for line, found in spans.items()}


def _field(line: str, position: int) -> tuple[int, int] | None:
    fields = line.split("\t")
    if position >= len(fields):
        return None
    start = sum(len(before) + 1 for before in fields[:position])
    text = fields[position]
    start += len(text) - len(text.lstrip())
    return start, start + len(text.strip())


def _words(lines: Sequence[str], number: int, text: str, occurrence: int) -> list[tuple[int, int, int]]:
    """Line, start and end of each part of ``text``, which begins in line ``number``."""
    pattern = r"(?<![\d.])" + r"\s*".join(
        re.escape(character) for character in text if not character.isspace()
    )
    first = lines[number - 1]
    following = lines[number] if number < len(lines) else ""
    found = [match for match in re.finditer(pattern, f"{first}\n{following}") if match.start() <= len(first)]
    if not found:
        return []
    start, end = found[min(occurrence, len(found)) - 1].span()
    parts = [(number, start, min(end, len(first)))]
    if end > len(first) + 1:
        parts.append((number + 1, 0, end - len(first) - 1))
    return parts


def _apart(spans: Iterable[Span]) -> list[Span]:
    """In the order of the line, without those that an earlier one covers."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def _neighbours(places: set[int], last: int) -> set[int]:
    return {
        near
        for number in places
        for near in range(number - _LINES_AROUND, number + _LINES_AROUND + 1)
        if 1 <= near <= last
    }


def _line(number: int, line: str, is_marked: bool, spans: Sequence[Span]) -> Text:
    text = Text(f"{'▶' if is_marked else ' '} {number:>5}  ", style="bold" if is_marked else "dim")
    position = 0
    for span in spans:
        text.append(_plain(line[position : span.start]))
        text.append(f"{_OPENS}{_plain(line[span.start : span.end])}{_CLOSES}", style="reverse")
        if span.suggested:
            text.append(f"{_SHOULD_BE}{span.suggested}", style="bold red")
        position = span.end
    text.append(_plain(line[position:]).rstrip())
    return text


def _plain(text: str) -> str:
    return re.sub(r"[^\S\t]*\t[^\S\t]*", _TAB, text.rstrip("\r"))
