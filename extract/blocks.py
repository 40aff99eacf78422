"""What every reader gives, whatever the format: ordered blocks of text and grids, each with its place.

Blocks know files, not budgets. A place is a page, a line on it and a field in that line:

* text: no page; the 1-based line of the file and the 0-based tab field;
* PDF and scans: the 1-based page; lines of text and rows of grids are numbered together from 1, from the top
  of each page; the field is the 0-based column of the grid (0 for text);
* workbooks: the sheet as page, the row of the sheet as line, its 0-based column as field;
* Word and web pages: no page; lines and rows numbered from 1 through the document; the field is the column.

No two cells of a document share a place. A cell that is merged over several columns or rows has its text at
its top left place; the others it covers are blank cells. A row that a page cut in two is two rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from extract.numerals import is_numeric_cell

Doubt = Literal[
    "glued",  # two printed texts were joined to a figure longer than either
    "hidden",  # it stands where a reader of the page sees nothing
    "struck",  # it is struck out in part
    "format",  # what is displayed is another figure than what is stored, or cannot be told
    "computed",  # nothing is stored for a formula: we worked it out
    "text_layer",  # what the text layer says is not what the picture shows
    "unread",  # something beside it, or in its place, is shown and was not read
    "placed",  # in which row or column it stands is not certain
    "recognised",  # it was recognised in a picture
]
"""Why a text may not be what a person sees."""

NOTHING_READ = "\ufffc"
"""The text of a cell that shows something of which nothing was read; it is in doubt as ``unread``."""


class Box(NamedTuple):
    """A rectangle on an upright page, in points (1/72 inch) from the page's top left corner."""

    left: float
    top: float
    right: float
    bottom: float


class Cell(NamedTuple):
    """One cell of a grid: its text as printed, without surrounding white space, and its place.

    A text that is wrapped inside its cell is joined: without a space, unless both sides of the break are
    Latin letters. ``parts`` are the printed cells that a repair joined to this one; empty for a cell read as
    printed. ``box`` is the cell's own rectangle where there is a page. ``confidence`` (0 to 1) is that of the
    recognition, for text that was recognised in a picture. ``doubt`` is set by a reader that is not sure that
    a person sees this text here; text with a confidence is doubtful as ``recognised`` without it. ``stored``
    is the number that a workbook stores behind a text which is another figure (18364200 behind 1836.42).
    """

    text: str
    line_no: int
    field_no: int
    page_no: int | None = None
    parts: tuple[Cell, ...] = ()
    box: Box | None = None
    confidence: float | None = None
    doubt: Doubt | None = None
    stored: str | None = None


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One printed line outside any grid. ``level`` is 1–3 for a numbered heading, else None."""

    text: str
    line_no: int
    page_no: int | None = None
    level: int | None = None
    box: Box | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """Adjacent rows of cells. Rows may differ in length: trailing blanks are not always printed.

    ``column_edges`` are the x of the columns' edges, left to right, where there is a page: one more than
    there are columns. ``sheet_name`` is the name of its sheet, in a workbook: publishers write titles there.
    ``unseen`` are cells among the rows that hold something which nobody sees, each with the doubt why.
    """

    rows: tuple[Row, ...]
    column_edges: tuple[float, ...] | None = None
    sheet_name: str | None = None
    unseen: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Illegible:
    """A place where the source says that something stood which could not be converted."""

    line_no: int
    page_no: int | None = None


Block = Text | Grid | Illegible


def texts_of(blocks: Iterable[Block]) -> Iterator[str]:
    """Each line and each cell of a document."""
    for block in blocks:
        if isinstance(block, Text):
            yield block.text
        elif isinstance(block, Grid):
            yield from (cell.text for row in block.rows for cell in row)


def count_numeric_cells(blocks: tuple[Block, ...]) -> int:
    """Count the numeric cells of all grids: one side of the conservation check."""
    return sum(
        is_numeric_cell(cell.text)
        for block in blocks
        if isinstance(block, Grid)
        for row in (*block.rows, block.unseen)
        for cell in row
    )
