"""Whether a document is a disclosure of a budget or final accounts at all, or a part of one.

Tables with numerals are everywhere. What tells is which forms were recognised, a title that says whose
budget or final accounts of which year, and the words that disclosures speak in. A heading of another kind of
document (a judgment, a procurement notice) speaks against it, unless the forms of a disclosure are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from extract.blocks import Block, Grid, Text
from extract.document_words import OtherKind
from extract.folding import fold
from extract.forms.collector import bbox
from extract.forms.cover import cover_lines, cover_title
from extract.forms.disclosure_titles import read_disclosure_title
from extract.forms.titles import read_title
from extract.numerals import is_numeric_cell
from extract.printed import PrintedDocument, PrintedFacts, PrintedForm, PrintedNumericCell, PrintedReject
from extract.vocabulary import Vocabulary

NOT_A_DISCLOSURE = "not_a_disclosure"
_FEWEST_CERTAIN = Decimal("0.6")
_FEW_WORDS, _MANY_WORDS = 2, 5
_HEADING_LINES, _LONGEST_HEADING = 15, 60
_LISTS = ("contents_list", "unit_list")


class Evidence(NamedTuple):
    """What of a document tells whether it is a disclosure."""

    forms: int  # recognised, with some certainty
    titles: int  # of forms of a government, in known words alone: 2024年市本级一般公共预算收入表
    headings: int  # titles of a disclosure: of a department, a unit or a government
    of_place: int  # titles that say of which place and year a budget is, and no more
    words: int  # different things that disclosures speak of
    other: OtherKind | None  # what a heading says that it is instead

    @property
    def is_of_disclosure(self) -> bool:
        """Whether it is one, or a part of one."""
        if self.other is not None:
            return bool(self.forms and self.headings) or (self.forms > 1 and self.words >= _MANY_WORDS)
        if self.headings or self.forms > 1 or self.titles > 1:
            return True
        if self.of_place and self.words:
            return True
        return self.words >= (_FEW_WORDS if self.forms else _MANY_WORDS)


def evidence_of(blocks: Sequence[Block], document: PrintedDocument, vocabulary: Vocabulary) -> Evidence:
    """Gather what tells whether ``document``, read from ``blocks``, is a disclosure."""
    lines = [block.text for block in blocks if isinstance(block, Text)]
    read = (read_disclosure_title(line, vocabulary.names) for line in lines if len(line) <= _LONGEST_HEADING)
    titles = [title for title in read if title is not None]
    cover = cover_title(cover_lines(blocks, vocabulary), vocabulary.names)
    return Evidence(
        forms=sum(
            form.form_key not in (None, *_LISTS) and form.certainty >= _FEWEST_CERTAIN
            for form in document.forms
        ),
        titles=len({form.printed_title for form in document.forms if _is_of_government(form, vocabulary)}),
        headings=sum(title.is_whole for title in titles) + bool(cover and cover.is_whole),
        of_place=sum(bool(title.place and title.year and not title.has_more) for title in titles),
        words=_words(blocks, vocabulary),
        other=_other(lines, vocabulary),
    )


def _is_of_government(form: PrintedForm, vocabulary: Vocabulary) -> bool:
    """Whether a form's title says that it is a government's, of which money, and nothing unknown."""
    reading = read_title(form.printed_title, vocabulary) if form.printed_title else None
    return (
        reading is not None
        and reading.is_title
        and reading.level == "government"
        and reading.fund is not None
        and not reading.leftover
    )


def no_disclosure(blocks: Sequence[Block], facts: PrintedFacts, evidence: Evidence) -> PrintedDocument:
    """What is kept of a document that is no disclosure: that it is none, and its figures as rejects.

    ``facts`` are what is known from outside; what it says of itself names no publisher.
    """
    cells = [
        cell
        for block in blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
        if is_numeric_cell(cell.text)
    ]
    return PrintedDocument(
        facts=replace(
            facts,
            status=NOT_A_DISCLOSURE,
            failure_reason=_reason(evidence.other),
            numeric_cell_count=len(cells),
        ),
        rejects=tuple(
            PrintedReject(
                document_id=facts.document_id,
                form_id=None,
                page_no=cell.page_no,
                line_no=cell.line_no,
                field_no=cell.field_no,
                printed_text=cell.text,
                reason_code=NOT_A_DISCLOSURE,
                hint="stands in a document that is no disclosure of a budget or final accounts",
                **bbox(cell),
            )
            for cell in cells
        ),
        numeric_cells=tuple(
            PrintedNumericCell(
                document_id=facts.document_id,
                form_id=None,
                page_no=cell.page_no,
                line_no=cell.line_no,
                field_no=cell.field_no,
                printed_text=cell.text,
                destination="rejects",
                confidence=cell.confidence,
                **bbox(cell),
            )
            for cell in cells
        ),
    )


def _reason(other: OtherKind | None) -> str:
    if other is None:
        return (
            "it is no disclosure of a budget or final accounts (不是预决算公开文件): neither "
            "forms of one nor "
            "a title that says whose, and too few of their words; if it is one, please report it "
            "with the file"
        )
    what = f"{other.name_en} ({other.name_zh})"
    return f"it is no disclosure of a budget or final accounts: it is headed as {what}"


def _words(blocks: Sequence[Block], vocabulary: Vocabulary) -> int:
    texts = [block.text for block in blocks if isinstance(block, Text)]
    texts += [
        cell.text
        for block in blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
        if cell.text
    ]
    whole = fold("\n".join(texts))
    return sum(pattern.search(whole) is not None for pattern in vocabulary.words_of_documents.budget)


def _other(lines: Sequence[str], vocabulary: Vocabulary) -> OtherKind | None:
    """The kind of document that one of the first lines is the heading of, or two of them joined."""
    first = [fold(line) for line in lines if line.strip()][:_HEADING_LINES]
    headings = [*first, *(a + b for a, b in pairwise(first))]
    for other in vocabulary.words_of_documents.others:
        if any(len(line) <= _LONGEST_HEADING and other.pattern.fullmatch(line) for line in headings):
            return other
    return None
