"""How large the paper of a scanned page was, where its PDF does not say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extract.blocks import Box, Cell, Grid, Text

_LONGER_SIDE_OF_A4 = 842.0  # points
_LARGEST_PAPER = 1250.0  # points along the longer side; A3 has 1,191


def enlargement(width: float, height: float) -> float:
    """How many times larger than its paper a page is, from its size in points.

    Many programs make a point of each dot of a scan, so that A4 at 200 dots an inch is 2,339 points high.
    A page that is larger than A3 is taken for such a picture of A4.
    """
    longer = max(width, height)
    return longer / _LONGER_SIDE_OF_A4 if longer > _LARGEST_PAPER else 1.0


def enlarged(blocks: Iterable[Text | Grid], times: float) -> tuple[Text | Grid, ...]:
    """Blocks of the paper as they lie on the page."""
    return tuple(_enlarged(block, times) for block in blocks)


def _enlarged(block: Text | Grid, times: float) -> Text | Grid:
    if isinstance(block, Text):
        return replace(block, box=_box(block.box, times))
    edges = block.column_edges
    return Grid(
        tuple(tuple(_cell(cell, times) for cell in row) for row in block.rows),
        None if edges is None else tuple(edge * times for edge in edges),
    )


def _cell(cell: Cell, times: float) -> Cell:
    return cell._replace(box=_box(cell.box, times))


def _box(box: Box | None, times: float) -> Box | None:
    return None if box is None else Box(*(edge * times for edge in box))
