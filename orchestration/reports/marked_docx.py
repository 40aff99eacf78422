"""A copy of a Word document with a comment on every figure that something is said of."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import docx
from docx.document import Document
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from extract import printed_pages
from extract.media_type import WORD
from orchestration.reports.entries import Entry, Mark
from orchestration.reports.notes import AUTHOR, bare, marks_in, notes_by_place
from orchestration.reports.words import Language

_INITIALS = "d"


class _Line(NamedTuple):
    """A paragraph outside tables, or a row of one as its cells; each cell is its paragraphs."""

    text: str
    cells: tuple[tuple[Paragraph, ...], ...]


class _At(NamedTuple):
    """A line by its number in the document, a cell of it, and what of the cell is meant (None: all)."""

    line: int
    cell: int
    text: str | None


def marked_docx(original: bytes, document_id: str, entries: Sequence[Entry], language: Language) -> bytes:
    """The same document with comments on what entries cite in it; every other part stays as it was.

    The reader's lines carry no place in the file, so a line is found again by its text: the second of two
    lines that say the same is the second such paragraph or row of the document.
    """
    document = docx.Document(io.BytesIO(original))
    places = _Places(document, original)
    notes = notes_by_place(
        ((places.of(mark), entry, mark) for entry, mark in marks_in(entries, document_id)), language
    )
    for at, note in notes.items():
        runs = _runs(places.lines[at.line].cells[at.cell], at.text)
        document.add_comment(runs, note.says, author=AUTHOR, initials=_INITIALS)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


class _Places:
    """Where the reader's lines stand in the document."""

    def __init__(self, document: Document, original: bytes) -> None:
        self.lines = [*_lines_of(document)] or [_Line("", ((document.add_paragraph(),),))]
        self._printed = [bare(line) for page in printed_pages(original, WORD) for line in page.lines]
        self._numbers: defaultdict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(self.lines):
            self._numbers[bare(line.text)].append(number)

    def of(self, mark: Mark) -> _At:
        """The place of a mark; the start of the document for what is nowhere."""
        number = self._line((mark.place.line_no or 1) - 1)
        cells = ["".join(bare(each.text) for each in cell) for cell in self.lines[number].cells]
        if mark.text is None:
            field_no = mark.place.field_no
            return _At(number, field_no if field_no is not None and field_no < len(cells) else 0, None)
        sought = bare(mark.text)
        same = [index for index, text in enumerate(cells) if text == sought]
        same = same or [index for index, text in enumerate(cells) if sought in text]
        field_no = mark.place.field_no or 0
        return _At(number, min(same, key=lambda index: abs(index - field_no), default=0), mark.text)

    def _line(self, printed_no: int) -> int:
        if printed_no >= len(self._printed):
            return 0
        text = self._printed[printed_no]
        before = self._printed[:printed_no].count(text)
        same = self._numbers.get(text)
        if not same:  # a line of a paragraph with several, or one with a number in front
            same = [
                number
                for number, line in enumerate(self.lines)
                if (held := bare(line.text)) and (text in held or held in text)
            ]
        return same[min(before, len(same) - 1)] if same else 0


def _lines_of(within: Document | _Cell) -> Iterator[_Line]:
    """Paragraphs and rows in their order; what stands in tables within cells follows its row."""
    for block in within.iter_inner_content():
        if isinstance(block, Paragraph):
            yield _Line(block.text, ((block,),))
        else:
            yield from _rows_of(block)


def _rows_of(table: Table) -> Iterator[_Line]:
    for row in table.rows:
        cells = [_Cell(each, table) for each in row._tr.tc_lst]
        text = "".join(paragraph.text for cell in cells for paragraph in cell.paragraphs)
        yield _Line(text, tuple(tuple(cell.paragraphs) for cell in cells))
        for cell in cells:
            for inner in cell.tables:
                yield from _rows_of(inner)


def _runs(paragraphs: Sequence[Paragraph], text: str | None) -> list[Run]:
    """The runs that print a text, or all of the first paragraph that prints something."""
    printing = [each for each in paragraphs if each.runs]
    if not printing:
        return [paragraphs[0].add_run()]
    for paragraph in printing if text else ():
        covered = _covering(paragraph.runs, text or "")
        if covered:
            return covered
    return [*printing[0].runs]


def _covering(runs: Sequence[Run], text: str) -> list[Run]:
    start = "".join(run.text for run in runs).find(text)
    if start < 0:
        return []
    covered, position = [], 0
    for run in runs:
        if position < start + len(text) and position + len(run.text) > start:
            covered.append(run)
        position += len(run.text)
    return covered
