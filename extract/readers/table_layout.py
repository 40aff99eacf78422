"""Rows of printed cells, as workbooks, Word and web pages have them, split into lines of text and grids.

A publisher types a title, a line with a holder and a unit, the table and the notes below into one sheet or
one table, and often several forms below each other. What belongs to a grid is told by structure: rules around
the cells, how many cells a row has, how wide a merged cell is, and the rows around. The only signs
read in the text itself are the colon of ``label：value`` and a code in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from extract.blocks import Block, Cell, Grid, Text
from extract.numerals import begins_with_code
from extract.readers.headings import heading_level
from extract.readers.printed_rows import PrintedCell, PrintedRow
from extract.readers.stacked_lines import one_text, parted
from extract.readers.wrapping import join_lines, lines_of, side_by_side

_LABELLED = re.compile(r"[^：:\n]{1,24}[：:]")


def split_rows(
    rows: Sequence[PrintedRow], page_no: int | None = None, *, is_sheet: bool = False
) -> tuple[Block, ...]:
    """Give the blocks of a sheet or a table: each grid, and each printed cell outside the grids as a text.

    All rows of a grid have the same columns: from the first printed or ruled one to the last. A row without
    any text is left out. ``is_sheet`` says that a table may be a whole sheet, whose first rows are a title: a
    web page made from a workbook.
    """
    printed = [part for row in rows if row.cells for part in _parts(row)]
    flags = _tabular(printed)
    blocks: list[Block] = []
    for is_tabular, group in groupby(zip(printed, flags, strict=True), key=lambda pair: pair[1]):
        region = [row for row, _ in group]
        blocks.extend(_region(region, page_no, is_sheet) if is_tabular else _texts(region, page_no))
    return tuple(blocks)


def _tabular(rows: Sequence[PrintedRow]) -> list[bool]:
    """Say for each printed row whether it is one of a table."""
    has_rules = any(row.is_ruled for row in rows)
    flags: list[bool] = []
    for position, row in enumerate(rows):
        before = rows[position - 1] if position else None
        follows = before is not None and flags[-1] and _is_right_below(row, before)
        if row.is_ruled:
            flags.append(True)
        elif len(row.cells) + sum(cell.line_no == row.line_no for cell in row.unseen) > 1:
            flags.append(not _is_caption(row) and (follows or not has_rules))
        else:
            flags.append(
                not has_rules
                and bool(flags)
                and flags[-1]
                and _goes_on_below(rows, position)
                and not _is_caption(row)
            )
    return flags


def _parts(row: PrintedRow) -> list[PrintedRow]:
    """The rows that one line of a sheet holds; what nobody sees goes with the first."""
    first, *others = parted(row.cells)
    return [
        row._replace(cells=first),
        *(row._replace(cells=cells, part=part, unseen=()) for part, cells in enumerate(others, start=1)),
    ]


def _is_right_below(row: PrintedRow, before: PrintedRow) -> bool:
    return row.part > 0 or row.line_no == before.line_no + 1 + row.hidden_above


def _goes_on_below(rows: Sequence[PrintedRow], position: int) -> bool:
    """Whether a row with one cell stands inside a table without rules: its other rows go on right below.

    A row that begins with a code is one of the table's, also where nothing stands beside any below it.
    """
    above = next((row for row in reversed(rows[:position]) if len(row.cells) > 1), rows[max(0, position - 1)])
    width = _width(above)
    (cell,) = rows[position].cells
    if (
        begins_with_code(cell.text)
        and cell.width < width
        and cell.column == min(c.column for c in above.cells)
    ):
        return True
    for below in range(position + 1, len(rows)):
        before, row = rows[below - 1], rows[below]
        if not _is_right_below(row, before) or before.cells[0].width >= width:
            return False
        if len(row.cells) > 1 or _is_caption(row):
            return not _is_caption(row)
    return False


def _width(row: PrintedRow) -> int:
    return max(cell.column + cell.width for cell in row.cells) - min(cell.column for cell in row.cells)


def _is_caption(row: PrintedRow) -> bool:
    """Whether most cells of a row are ``label：value``, as ``编制部门：…`` beside ``单位：元``."""
    labelled = sum(_LABELLED.match(cell.text) is not None for cell in row.cells)
    return 2 * labelled > len(row.cells)


def _region(rows: list[PrintedRow], page_no: int | None, is_sheet: bool) -> Iterator[Block]:
    """Give the blocks of adjacent table rows: captions that stand inside the frame leave it."""
    first, end = _columns(rows)
    spans = [len(row.cells) == 1 and row.cells[0].width >= end - first for row in rows]
    if is_sheet:
        spans = _with_leading_titles(rows, spans, first)
    outside = [False] * len(rows)
    position = 0
    while position < len(rows):
        end = _captions_end(rows, spans, position)
        start = _caption_start(spans, position, end) if end < len(rows) or position == 0 else end
        outside[start:end] = [True] * (end - start)
        position = max(end, position + 1)
    for position in range(len(rows) - 1, -1, -1):
        if not spans[position]:
            break
        outside[position] = True
    for is_outside, group in groupby(zip(rows, outside, strict=True), key=lambda pair: pair[1]):
        part = [row for row, _ in group]
        if is_outside:
            yield from _texts(part, page_no)
        else:
            yield _grid(part, page_no)


def _with_leading_titles(rows: Sequence[PrintedRow], spans: Sequence[bool], first: int) -> list[bool]:
    """Take the first rows with one cell, at the left edge, for whole-width rows; a row below has several."""
    end = 0
    while end < len(rows) and (
        spans[end]
        or _is_caption(rows[end])
        or (len(rows[end].cells) == 1 and rows[end].cells[0].column == first)
    ):
        end += 1
    return [is_span or position < end < len(rows) for position, is_span in enumerate(spans)]


def _captions_end(rows: Sequence[PrintedRow], spans: Sequence[bool], start: int) -> int:
    """Where the rows from ``start`` end that may be a caption: whole-width ones and ``label：value`` ones."""
    end = start
    while end < len(rows) and (spans[end] or _is_caption(rows[end])):
        end += 1
    return end


def _caption_start(spans: Sequence[bool], first: int, end: int) -> int:
    """Where a caption begins among the rows that may be one; at their end where there is none.

    Inside a table they are one only when a ``label：value`` row is among them and a whole-width row leads:
    a whole-width row alone is a heading of the table itself.
    """
    if first == 0:
        return 0
    leading = next((position for position in range(first, end) if spans[position]), end)
    return end if all(spans[leading:end]) else leading


def _columns(rows: Sequence[PrintedRow]) -> tuple[int, int]:
    first = min(min(cell.column for cell in row.cells) for row in rows)
    end = max(max(cell.column + cell.width for cell in row.cells) for row in rows)
    ruled = [row.edges for row in rows if row.edges]
    return min([first, *(left for left, _ in ruled)]), max([end, *(right for _, right in ruled)])


def _grid(rows: Sequence[PrintedRow], page_no: int | None) -> Grid:
    first, end = _columns(rows)
    unseen = tuple(
        Cell(join_lines(cell.text), cell.line_no or row.line_no, cell.column, page_no, doubt=cell.doubt)
        for row in rows
        for cell in row.unseen
    )
    return Grid(tuple(_row(row, first, end, page_no) for row in rows), unseen=unseen)


def _row(row: PrintedRow, first: int, end: int, page_no: int | None) -> tuple[Cell, ...]:
    cells = {cell.column: cell for cell in row.cells}
    return tuple(
        _cell(cells.get(column), row, column, row.part * end + column, page_no)
        for column in range(first, end)
    )


def _cell(cell: PrintedCell | None, row: PrintedRow, column: int, field_no: int, page_no: int | None) -> Cell:
    if cell is None:
        return Cell("", row.line_no, field_no, page_no)
    text, glued = one_text(cell.text)
    return Cell(text, row.line_no, field_no, page_no, doubt=cell.doubt or glued, stored=cell.stored)


def _texts(rows: Sequence[PrintedRow], page_no: int | None) -> Iterator[Block]:
    for row in rows:
        for cell in row.cells:
            for line in lines_of(cell.text):
                for text in side_by_side(line):
                    yield Text(text, row.line_no, page_no, level=heading_level(text))
