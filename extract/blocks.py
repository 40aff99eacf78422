"""What every reader gives, whatever the format: ordered blocks of text and grids, each with its place.

Blocks know files, not budgets. A place is a line and a tab field (text) or a page and a line on it (paged
formats).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from extract.numerals import is_numeric_cell


class Cell(NamedTuple):
    """One cell of a grid: its text as printed, without surrounding white space, and its place.

    ``parts`` are the printed cells that a repair joined to this one; empty for a cell read as printed.
    """

    text: str
    line_no: int
    field_no: int
    page_no: int | None = None
    parts: tuple[Cell, ...] = ()


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One printed line outside any grid. ``level`` is 1–3 for a numbered heading, else None."""

    text: str
    line_no: int
    page_no: int | None = None
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Adjacent rows of cells. Rows may differ in length: trailing blanks are not always printed."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Illegible:
    """A place where the source says that something stood which could not be converted."""

    line_no: int
    page_no: int | None = None


Block = Text | Grid | Illegible


def count_numeric_cells(blocks: tuple[Block, ...]) -> int:
    """Count the numeric cells of all grids: one side of the conservation check."""
    return sum(
        is_numeric_cell(cell.text)
        for block in blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
    )
