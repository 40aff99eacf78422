"""Documents without pages, Word and web pages alike: lines of text and tables in one running order.

A reader collects items from the innermost table outwards; each table is settled when it ends, so nothing here
recurses, however deep tables are nested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from extract.blocks import Block, Doubt, Illegible, Text
from extract.readers.headings import heading_level
from extract.readers.pictures import blocks_of_picture, last_line
from extract.readers.printed_rows import PrintedCell, PrintedRow
from extract.readers.reading import MOST_CELLS, MOST_COLUMNS, UnreadableDocumentError
from extract.readers.seams import UNREAD, settled, without_marks
from extract.readers.stacked_lines import parted
from extract.readers.table_layout import split_rows
from extract.readers.wrapping import lines_of, side_by_side

_MOST_LINES_IN_A_CELL = 60  # a cell of a performance form holds up to some 20 lines; an article more


class Table(NamedTuple):
    """A table of data: its rows of cells, and how many columns it has."""

    rows: tuple[tuple[PrintedCell, ...], ...]
    width: int


class Picture(NamedTuple):
    """A picture, as the bytes of its file."""

    data: bytes


class Missing(NamedTuple):
    """Something that is shown here and is not within the document, such as a picture that it points to."""


Item = str | Table | Picture | Missing


@dataclass(slots=True)
class CellContent:
    """One cell as it is collected: what is in it, what it spans, whether another cell covers it."""

    columns: int = 1
    rows: int = 1
    items: list[Item] = field(default_factory=list)
    is_covered: bool = False

    @property
    def text(self) -> str:
        """The text of the cell, with the texts of tables inside it, one line each."""
        return without_marks(self._marked).strip()

    @property
    def printed(self) -> tuple[str, Doubt | None]:
        """The text as it is printed, and what is in doubt of it; a sign stands for what was not read."""
        if self.text or not any(isinstance(item, Picture | Missing) for item in self.items):
            return settled(self._marked.strip())
        return settled(UNREAD)

    @property
    def _marked(self) -> str:
        return "\n".join(
            item if isinstance(item, str) else "\n".join(cell.text for row in item.rows for cell in row)
            for item in self.items
            if not isinstance(item, Picture | Missing)
        )


class _Covered(NamedTuple):
    """Columns that a cell from above still covers, and in how many rows below."""

    first: int
    end: int
    rows: int


def settle(rows: Sequence[Sequence[CellContent]]) -> list[Item]:
    """Give what a table that ended stands for: one table of data, or the items that it only laid out.

    A table lays out the page when more cells are printed in tables inside it than beside them, or when a cell
    holds an article.

    Raises:
        UnreadableDocumentError: when its spans make it larger than any table that was ever printed.
    """
    cells = [cell for row in rows for cell in row]
    inner = sum(
        len(row) for cell in cells for item in cell.items if isinstance(item, Table) for row in item.rows
    )
    own = sum(bool(cell.text) for cell in cells if not any(isinstance(item, Table) for item in cell.items))
    has_article = any(cell.text.count("\n") >= _MOST_LINES_IN_A_CELL for cell in cells)
    if inner > own or has_article:
        return [item for cell in cells for item in cell.items]
    pictures = [item for cell in cells for item in cell.items if isinstance(item, Picture | Missing)]
    return [_table(rows), *pictures]


def _table(rows: Sequence[Sequence[CellContent]]) -> Table:
    """Give each cell its column. Columns in which no cell begins are none: wide spans alone made them."""
    placed: list[list[tuple[int, CellContent]]] = []
    begins: set[int] = set()
    covered: list[_Covered] = []
    for row in rows:
        here: list[tuple[int, CellContent]] = []
        begun: list[_Covered] = []
        column = position = 0
        for cell in row:
            while position < len(covered) and covered[position].first <= column:
                column = max(column, covered[position].end)
                position += 1
            span = max(1, min(cell.columns, MOST_COLUMNS))
            here.append((column, cell))
            if cell.rows > 1:
                begun.append(_Covered(column, column + span, cell.rows - 1))
            column += span
        covered = _covered_below(covered, begun)
        placed.append(here)
        begins.update(column for column, _ in here)
        if len(begins) > MOST_COLUMNS or len(begins) * len(placed) > MOST_CELLS:
            raise UnreadableDocumentError(
                f"a table has {len(placed):,} rows or more and {len(begins):,} columns; "
                f"at most {MOST_COLUMNS:,} columns and {MOST_CELLS:,} cells are read"
            )
    columns = sorted(begins)
    index = {column: position for position, column in enumerate(columns)}
    return Table(tuple(tuple(_cells(here, columns, index)) for here in placed), len(columns))


def _covered_below(covered: Sequence[_Covered], begun: Sequence[_Covered]) -> list[_Covered]:
    """What cells from above cover in the row below, by column; what a row begins takes the place of it."""
    left: list[_Covered] = []
    at = 0
    for first, end, rows in covered:
        while at < len(begun) and begun[at].end <= first:
            at += 1
        rest = first
        for over in islice(begun, at, None):
            if over.first >= end:
                break
            left.append(_Covered(rest, over.first, rows - 1))
            rest = over.end
        left.append(_Covered(rest, end, rows - 1))
    return sorted([*(each for each in left if each.rows > 0 and each.first < each.end), *begun])


def _cells(
    here: Sequence[tuple[int, CellContent]], begins: Sequence[int], index: dict[int, int]
) -> Iterator[PrintedCell]:
    for column, cell in here:
        text, doubt = cell.printed
        if text and not cell.is_covered:
            first = index[column]
            last = first
            while last + 1 < len(begins) and begins[last + 1] < column + cell.columns:
                last += 1
            yield PrintedCell(text, first, last - first + 1, doubt)


def number_lines(items: Iterable[Item], *, is_ruled: bool) -> tuple[Block, ...]:
    """Number lines and rows through the document and give its blocks.

    ``is_ruled`` says that a table of this format is one, as in Word; a web page's may be a whole sheet, with
    the title and the unit in its first rows.
    """
    blocks: list[Block] = []
    line_no = 0
    for item in items:
        if isinstance(item, str):
            for line in lines_of(without_marks(item)):
                line_no += 1
                blocks.extend(Text(text, line_no, level=heading_level(text)) for text in side_by_side(line))
            continue
        if isinstance(item, Missing):
            line_no += 1
            blocks.append(Illegible(line_no))
            continue
        if isinstance(item, Picture):
            of_picture = blocks_of_picture(item.data, line_no)
            line_no = last_line(of_picture, line_no)
            blocks.extend(of_picture)
            continue
        rows = [
            PrintedRow(line_no + position, cells, True, (0, item.width))
            for position, cells in enumerate((part for row in item.rows for part in parted(row)), start=1)
        ]
        line_no += len(rows)
        blocks.extend(split_rows(rows, is_sheet=not is_ruled))
    return tuple(blocks)
