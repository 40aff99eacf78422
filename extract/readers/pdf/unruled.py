"""Tables of a digital page that are not ruled, or not ruled apart: its lines outside grids, aligned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.blocks import Box
from extract.readers.aligned import AlignedTable, aligned_tables, words_of
from extract.readers.aligned.columns import Columns
from extract.readers.aligned.words import Level, Piece, em_of
from extract.readers.assembly import Words
from extract.readers.pdf.content import Character
from extract.readers.pdf.lines import rows_of_characters
from extract.readers.ruled import GridCell, Rule, RuledGrid

_SHORTEST = 8.0  # points of a level rule that parts rows
_FEWEST = 12  # characters; with fewer there is no table


class Unruled(NamedTuple):
    """Grids that alignment gives, with their words, and the characters that are in none."""

    grids: list[tuple[RuledGrid, Mapping[int, Words]]]
    around: Sequence[Character]
    last: Columns | None = None  # of the last of them


def unruled_tables(characters: Sequence[Character], rules: Sequence[Rule], before: Columns | None) -> Unruled:
    """Find tables among characters that stand in no ruled grid."""
    if len(characters) < _FEWEST:
        return Unruled([], characters)
    printed = rows_of_characters(characters)
    if sum(any(c.text.isdigit() for c in row) for row in printed) < 2:
        return Unruled([], characters)
    pieces = [[Piece(c.text, c.left, c.right, c.baseline, c.top, c.bottom) for c in row] for row in printed]
    em = em_of([piece for row in pieces for piece in row])
    lines = [words_of(row, em) for row in pieces]
    levels = [
        Level((rule.top + rule.bottom) / 2, rule.left, rule.right)
        for rule in rules
        if rule.is_horizontal and rule.right - rule.left >= _SHORTEST
    ]
    tables = aligned_tables(lines, levels, em, before)
    taken = {number for table in tables for number in table.lines}
    around = [c for number, row in enumerate(printed) if number not in taken for c in row]
    return Unruled([as_grid(table) for table in tables], around, tables[-1].columns if tables else None)


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
