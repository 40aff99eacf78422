"""What broken bytes of a text cost: the signs they stood for, and where the figures around them stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extract.blocks import Block, Doubt, Grid
from extract.numerals import is_numeric_cell
from extract.readers.encoding import LOST


def with_doubts(blocks: Iterable[Block], *, everywhere: bool, doubt: Doubt = "placed") -> tuple[Block, ...]:
    """Be sure of no figure in a table that lost a sign: it may be one of a header, or part two cells.

    In a text with markup a sign may have been lost of that, so that no table shows it: ``everywhere``.
    """
    return tuple(
        _doubtful(block, doubt) if isinstance(block, Grid) and (everywhere or _has_lost(block)) else block
        for block in blocks
    )


def caveat_of(text: str) -> str | None:
    """What is to be known of a text that lost signs; None where it lost none."""
    lost = text.count(LOST)
    if not lost:
        return None
    return f"{lost} of its characters are broken and were lost; figures of tables around them are doubtful"


def _has_lost(grid: Grid) -> bool:
    return any(LOST in cell.text for row in grid.rows for cell in row)


def _doubtful(grid: Grid, doubt: Doubt) -> Grid:
    return replace(
        grid,
        rows=tuple(
            tuple(
                cell._replace(doubt=cell.doubt or doubt) if is_numeric_cell(cell.text) else cell
                for cell in row
            )
            for row in grid.rows
        ),
    )
