"""Documents in traditional characters: read as simplified ones, so that the vocabulary is written once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from extract.blocks import Block, Cell, Grid, Text, texts_of
from extract.printed import PrintedColumn, PrintedDocument
from extract.simplified import simplified

# of the words that every disclosure holds; none of them is a simplified character
_TELLING = re.compile("[萬億單財撥預決總項類購營補結轉額門]")
_ENOUGH = 6  # a name or a quotation may hold one or two


def is_traditional(blocks: Sequence[Block]) -> bool:
    """Whether a document is written in traditional characters."""
    found = 0
    for text in texts_of(blocks):
        found += len(_TELLING.findall(text))
        if found >= _ENOUGH:
            return True
    return False


def in_simplified(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks in simplified characters, each text at its place."""
    return tuple(_block(block) for block in blocks)


def with_printed_names(document: PrintedDocument, printed: Sequence[Block]) -> PrintedDocument:
    """Titles, labels and headers as they were printed, of a document that was read in simplified characters.

    The words of prose stay simplified; figures are the same in both.
    """
    names = {simplified(text): text for text in texts_of(printed) if not text.isascii()}
    return replace(
        document,
        forms=tuple(replace(each, printed_title=_of(names, each.printed_title)) for each in document.forms),
        contents=tuple(
            replace(each, printed_title=_of(names, each.printed_title) or "") for each in document.contents
        ),
        lines=tuple(replace(each, row_label=_of(names, each.row_label)) for each in document.lines),
        columns=tuple(_column(each, names) for each in document.columns),
    )


def _of(names: Mapping[str, str], text: str | None) -> str | None:
    return names.get(text, text) if text else text


def _column(column: PrintedColumn, names: Mapping[str, str]) -> PrintedColumn:
    path = "/".join(names.get(part, part) for part in column.column_path.split("/"))
    return replace(column, column_path=path)


def _block(block: Block) -> Block:
    if isinstance(block, Text):
        return replace(block, text=simplified(block.text))
    if isinstance(block, Grid):
        return replace(
            block,
            rows=tuple(tuple(_cells(row)) for row in block.rows),
            unseen=tuple(_cells(block.unseen)),
            sheet_name=simplified(block.sheet_name) if block.sheet_name else block.sheet_name,
        )
    return block


def _cells(cells: Iterable[Cell]) -> Iterable[Cell]:
    return (
        cell._replace(text=simplified(cell.text), parts=tuple(_cells(cell.parts))) if cell.text else cell
        for cell in cells
    )
