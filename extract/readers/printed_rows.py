"""Rows of printed cells, as workbooks, Word and web pages have them before it is told what they are."""

from __future__ import annotations

from typing import NamedTuple

from extract.blocks import Doubt


class PrintedCell(NamedTuple):
    """One printed cell: its text, its 0-based first column, and how many columns it is merged over.

    ``doubt`` and ``stored`` are those of :class:`extract.blocks.Cell`. ``line_no`` is that of a cell which is
    kept with another row than its own, because nobody sees it.
    """

    text: str
    column: int
    width: int = 1
    doubt: Doubt | None = None
    stored: str | None = None
    line_no: int | None = None


class PrintedRow(NamedTuple):
    """One row: its line, its cells that are not blank, and whether it is ruled (None: rules are not known).

    ``edges`` are the first column and the one after the last that the rules around the row enclose.
    ``hidden_above`` rows are hidden between this one and the one above; ``unseen`` cells stand in hidden rows
    below it, or in it where nobody sees them. ``part`` counts rows that share a line, from 0.
    """

    line_no: int
    cells: tuple[PrintedCell, ...]
    is_ruled: bool
    edges: tuple[int, int] | None = None
    hidden_above: int = 0
    part: int = 0
    unseen: tuple[PrintedCell, ...] = ()
