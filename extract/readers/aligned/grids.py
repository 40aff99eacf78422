"""A table found by alignment as a grid, as if each of its cells were ruled."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from extract.blocks import Box
from extract.readers.aligned.tables import AlignedTable
from extract.readers.assembly import Words
from extract.readers.ruled import GridCell, RuledGrid


def as_grid(table: AlignedTable) -> tuple[RuledGrid, Mapping[int, Words]]:
    """A table as if each of its cells were ruled."""
    width, height = len(table.columns.printed), len(table.rows) - 1
    cells = tuple(
        GridCell(row, column, 1, 1, Box(left, top, right, bottom))
        for row, (top, bottom) in enumerate(pairwise(table.rows))
        for column, (left, right) in enumerate(pairwise(table.columns.edges))
    )
    places = tuple(tuple(range(row * width, (row + 1) * width)) for row in range(height))
    words = {
        row * width + column: Words(text, doubt=table.doubts.get((row, column)))
        for (row, column), text in table.cells.items()
    }
    return RuledGrid(table.columns.edges, table.rows, cells, places), words
