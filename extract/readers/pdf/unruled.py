"""Tables of a digital page that are not ruled, or not ruled apart: its lines outside grids, aligned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from extract.readers.aligned import aligned_tables, as_grid, words_of
from extract.readers.aligned.columns import Columns
from extract.readers.aligned.words import Level, em_of
from extract.readers.assembly import Words
from extract.readers.pdf.content import Character
from extract.readers.pdf.lines import rows_of_characters
from extract.readers.ruled import Rule, RuledGrid

_SHORTEST = 8.0  # points of a level rule that parts rows
_FEWEST = 12  # characters; with fewer there is no table


class Unruled(NamedTuple):
    """Grids that alignment gives, with their words, and the rows of characters that are in none."""

    grids: list[tuple[RuledGrid, Mapping[int, Words]]]
    around: list[list[Character]]
    last: Columns | None = None  # of the last of them


def unruled_tables(characters: Sequence[Character], rules: Sequence[Rule], before: Columns | None) -> Unruled:
    """Find tables among characters that stand in no ruled grid."""
    printed = rows_of_characters(characters)
    if len(characters) < _FEWEST or not any("0" <= c.text <= "9" for c in characters):
        return Unruled([], printed)
    em = em_of(characters)
    lines = [words_of(row, em) for row in printed]
    levels = [
        Level((rule.top + rule.bottom) / 2, rule.left, rule.right)
        for rule in rules
        if rule.is_horizontal and rule.right - rule.left >= _SHORTEST
    ]
    tables = aligned_tables(lines, levels, em, before)
    taken = {number for table in tables for number in table.lines}
    around = [row for number, row in enumerate(printed) if number not in taken]
    return Unruled([as_grid(table) for table in tables], around, tables[-1].columns if tables else None)
