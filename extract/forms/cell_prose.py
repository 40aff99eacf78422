"""Sentences inside performance forms (goals, tasks, remarks): claims and counts with their cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.blocks import Cell, Text
from extract.folding import fold
from extract.forms.collector import place_id
from extract.forms.counts import read_counts
from extract.forms.form_reading import FormReading
from extract.forms.narrative import read_narrative
from extract.forms.paragraphs import Paragraph
from extract.forms.prose_figures import figures
from extract.forms.relations import relations_of
from extract.numerals import is_numeric_cell
from extract.printed import (
    PrintedClaim,
    PrintedCount,
    PrintedReject,
    PrintedRelation,
    PrintedRelationTerm,
)
from extract.vocabulary import Vocabulary

_PARTS = ("；", ";")
_DIGIT = re.compile(r"\d")  # a sentence without any states no figure


@dataclass(frozen=True, slots=True)
class CellProse:
    """What the sentences of all cells state, each record with the form and place of its cell."""

    claims: tuple[PrintedClaim, ...]
    counts: tuple[PrintedCount, ...]
    relations: tuple[PrintedRelation, ...]
    terms: tuple[PrintedRelationTerm, ...]
    rejects: tuple[PrintedReject, ...]


def read_cell_prose(
    forms: Sequence[FormReading], document_id: str, vocabulary: Vocabulary, year: int | None
) -> CellProse:
    """Read the text cells of the performance forms; a text that a page cut prints again is read once.

    No cell goes on about what another one says: each is read by itself.
    """
    found = CellProse((), (), (), (), ())
    for form in forms:
        if not _is_of_performance(form, vocabulary):
            continue
        seen: set[str] = set()
        for cell in _text_cells(form, vocabulary):
            folded = fold(cell.text)
            if folded not in seen:
                seen.add(folded)
                found = _joined(found, _read(cell, form, document_id, vocabulary, year))
    return found


def _is_of_performance(form: FormReading, vocabulary: Vocabulary) -> bool:
    known = vocabulary.forms.get(form.form_key) if form.form_key else None
    return known.layout == "performance" if known else bool(form.records.indicators)


def _text_cells(form: FormReading, vocabulary: Vocabulary) -> Iterator[Cell]:
    """The cells of words; targets and results that are quantities are values of indicators already."""
    values = {
        text
        for indicator in form.records.indicators
        for text in (indicator.target_text, indicator.actual_text)
        if text and _is_of_quantities(text, vocabulary)
    }
    for grid in form.section.grids:
        for row in grid.rows:
            for cell in row:
                is_worded = _DIGIT.search(cell.text) is not None and not is_numeric_cell(cell.text)
                if is_worded and cell.text not in values:
                    yield cell


def _is_of_quantities(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a text is one quantity, or a list of as many as it has parts."""
    parts = 1 + sum(text.rstrip("".join(_PARTS)).count(mark) for mark in _PARTS)
    return len(figures(text, vocabulary.prose)) <= parts


def _read(
    cell: Cell, form: FormReading, document_id: str, vocabulary: Vocabulary, year: int | None
) -> CellProse:
    line = Text(cell.text, cell.line_no, cell.page_no, box=cell.box, confidence=cell.confidence)
    paragraph = Paragraph(cell.text, None, (0,), (line,))
    place, form_id = place_id(document_id, cell), form.records.form_id
    said, rejects = read_narrative([paragraph], document_id, vocabulary.prose, year, place=place)
    if not any(figure.claim.kind in ("level", "change") for figure in said[0]):
        said = ((),)  # percentages without any money are how points are given
    relations, terms = relations_of([paragraph], said, document_id, vocabulary.prose)
    return CellProse(
        tuple(
            replace(figure.claim, form_id=form_id, field_no=cell.field_no, paragraph_no=None)
            for figure in said[0]
        ),
        tuple(
            replace(count, count_id=f"{place}{count.count_id.rpartition('-')[2]}", form_id=form_id,
                    field_no=cell.field_no)
            for count in read_counts([paragraph], document_id, vocabulary)
        ),
        relations,
        terms,
        tuple(replace(reject, form_id=form_id, field_no=cell.field_no) for reject in rejects),
    )  # fmt: skip


def _joined(one: CellProse, other: CellProse) -> CellProse:
    return CellProse(
        one.claims + other.claims,
        one.counts + other.counts,
        one.relations + other.relations,
        one.terms + other.terms,
        one.rejects + other.rejects,
    )
