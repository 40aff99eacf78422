"""The list of forms (报表目录): which forms are declared, which are declared blank, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.blocks import Grid, Row
from extract.folding import fold
from extract.forms.collector import Collector
from extract.forms.titles import read_title
from extract.printed import PrintedContentsEntry
from extract.vocabulary import Vocabulary

_NUMBER = re.compile(r"(公开)?表?\d+(-\d+)?表?")
_IS_BLANK = frozenset({"是", "否"})


def read_contents(
    grids: Sequence[Grid], collector: Collector, vocabulary: Vocabulary
) -> tuple[PrintedContentsEntry, ...]:
    """Read the entries of a contents list, in printed order."""
    return tuple(_entries(grids, collector, vocabulary))


def _entries(
    grids: Sequence[Grid], collector: Collector, vocabulary: Vocabulary
) -> Iterator[PrintedContentsEntry]:
    entry_no = 0
    header_words = vocabulary.signatures["contents_list"]
    for grid in grids:
        for row in grid.rows:
            if header_words <= {fold(cell.text) for cell in row}:
                continue
            for cell in row:
                collector.file(cell, "contents")
            entry = _entry(row, entry_no + 1, collector.document_id, vocabulary)
            if entry is not None:
                entry_no += 1
                yield entry


def _entry(row: Row, entry_no: int, document_id: str, vocabulary: Vocabulary) -> PrintedContentsEntry | None:
    texts = [cell for cell in row if cell.text]
    number = texts[0].text if texts and _NUMBER.fullmatch(fold(texts[0].text)) else None
    rest = texts[1:] if number else texts
    if not rest:
        return None
    flag = next((cell.text for cell in rest[1:] if fold(cell.text) in _IS_BLANK), None)
    reason = next((cell.text for cell in rest[1:] if fold(cell.text) not in _IS_BLANK), None)
    return PrintedContentsEntry(
        document_id=document_id,
        entry_no=entry_no,
        printed_number=number,
        printed_title=rest[0].text,
        form_key=read_title(rest[0].text, vocabulary).form_key,
        blank_text=flag,
        blank_reason=reason,
        page_no=rest[0].page_no,
        line_no=rest[0].line_no,
    )
