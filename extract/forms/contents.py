"""The list of forms (报表目录): which forms are declared, which are declared blank, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.blocks import Grid, Row
from extract.folding import fold
from extract.forms.collector import Collector
from extract.forms.titles import read_title
from extract.numerals import is_money_shaped, is_numeric_cell
from extract.printed import PrintedContentsEntry
from extract.vocabulary import Vocabulary

_NUMBER = re.compile(r"(公开)?表?\d+(-\d+)?表?|[一二三四五六七八九十]+、?")
_IS_BLANK = frozenset({"是", "否"})
_FEWEST_TITLES = 3
_MOST_OTHER_ROWS = 0.4  # headings of a part, forms with words unknown


def lists_forms(grids: Sequence[Grid], vocabulary: Vocabulary) -> bool:
    """Whether a grid without a known header is a list of forms: most rows name one, none prints money."""
    rows = [row for grid in grids for row in grid.rows if any(cell.text for cell in row)]
    if any(is_money_shaped(cell.text) for row in rows for cell in row):
        return False
    named = sum(_names_a_form(row, vocabulary) for row in rows)
    return named >= _FEWEST_TITLES and len(rows) - named <= _MOST_OTHER_ROWS * len(rows)


def read_contents(
    grids: Sequence[Grid], collector: Collector, vocabulary: Vocabulary, stage: str | None = None
) -> tuple[PrintedContentsEntry, ...]:
    """Read the entries of a contents list, in printed order; ``stage`` is the document's."""
    return tuple(_entries(grids, collector, vocabulary, stage))


def _entries(
    grids: Sequence[Grid], collector: Collector, vocabulary: Vocabulary, stage: str | None
) -> Iterator[PrintedContentsEntry]:
    entry_no = 0
    header_words = vocabulary.signatures["contents_list"]
    for grid in grids:
        for row in grid.rows:
            if header_words <= {fold(cell.text) for cell in row}:
                continue
            for cell in row:
                collector.file(cell, "contents")
            entry = _entry(row, entry_no + 1, collector.document_id, vocabulary, stage)
            if entry is not None:
                entry_no += 1
                yield entry


def _entry(
    row: Row, entry_no: int, document_id: str, vocabulary: Vocabulary, stage: str | None
) -> PrintedContentsEntry | None:
    texts = [cell for cell in row if cell.text]
    number = texts[0].text if texts and _NUMBER.fullmatch(fold(texts[0].text)) else None
    rest = texts[1:] if number else texts
    if not rest:
        return None
    said = [cell.text for cell in rest[1:] if not is_numeric_cell(cell.text)]  # a page number says nothing
    reading = read_title(rest[0].text, vocabulary, stage)
    return PrintedContentsEntry(
        document_id=document_id,
        entry_no=entry_no,
        printed_number=number or reading.number,
        printed_title=rest[0].text,
        form_key=reading.form_key,
        blank_text=next((text for text in said if fold(text) in _IS_BLANK), None),
        blank_reason=next((text for text in said if fold(text) not in _IS_BLANK), None),
        page_no=rest[0].page_no,
        line_no=rest[0].line_no,
    )


def _names_a_form(row: Row, vocabulary: Vocabulary) -> bool:
    readings = [read_title(cell.text, vocabulary) for cell in row if cell.text]
    return sum(reading.is_title and not reading.leftover for reading in readings) == 1
