"""Grids that a page break cut: the same columns on the next page, whatever its own rules show of them.

A page that holds the end of a table may lack columns (a last row 合计 merged over the codes), so its cells
are put into the columns of the pages before by their edges, not by their number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from extract.blocks import Block, Grid, Row, Text

_SAME_EDGE = 2.5  # points between edges that are one (484 pages measured)

_Edges = tuple[float, ...]


def continue_grids(
    pages: Sequence[tuple[Block, ...]], is_page_mark: Callable[[str], bool]
) -> tuple[Block, ...]:
    """Join pages to one sequence of blocks, with the grids that go on over a break in common columns.

    A grid goes on where nothing but a page number stands between it and the grid above, their outer edges are
    the same, and the inner edges of one are among those of the other.
    """
    blocks = [block for page in pages for block in page]
    grids = [index for index, block in enumerate(blocks) if isinstance(block, Grid)]
    chains: list[list[int]] = []
    for index in grids:
        above = chains[-1][-1] if chains else None
        if above is not None and _goes_on(blocks, above, index, is_page_mark):
            chains[-1].append(index)
        else:
            chains.append([index])
    for chain in chains:
        columns = _common_columns([_edges(blocks[index]) for index in chain])
        for index in chain:
            blocks[index] = _in_columns(blocks[index], columns)
    return tuple(blocks)


def _goes_on(blocks: Sequence[Block], above: int, index: int, is_page_mark: Callable[[str], bool]) -> bool:
    between = blocks[above + 1 : index]
    if not all(isinstance(block, Text) and is_page_mark(block.text) for block in between):
        return False
    if blocks[above].rows[0][0].page_no == blocks[index].rows[0][0].page_no:  # type: ignore[union-attr]
        return False
    first, second = _edges(blocks[above]), _edges(blocks[index])
    if not (_is_same(first[0], second[0]) and _is_same(first[-1], second[-1])):
        return False
    return _are_among(first, second) or _are_among(second, first)


def _edges(block: Block) -> _Edges:
    return (block.column_edges or ()) if isinstance(block, Grid) else ()


def _is_same(one: float, other: float) -> bool:
    return abs(one - other) <= _SAME_EDGE


def _are_among(few: _Edges, many: _Edges) -> bool:
    return all(any(_is_same(edge, other) for other in many) for edge in few)


def _common_columns(each: Sequence[_Edges]) -> _Edges:
    """All edges of a chain; those of the page with the most columns, since the others' are among them."""
    common = max(each, key=len)
    missing = {edge for edges in each for edge in edges if not any(_is_same(edge, other) for other in common)}
    return tuple(sorted({*common, *missing}))


def _in_columns(block: Block, columns: _Edges) -> Block:
    if not isinstance(block, Grid) or block.column_edges is None or len(block.column_edges) == len(columns):
        return block
    places = [
        min(range(len(columns) - 1), key=lambda column: abs(columns[column] - left))
        for left, _ in pairwise(block.column_edges)
    ]
    return Grid(tuple(_spread(row, places, len(columns) - 1) for row in block.rows), columns)


def _spread(row: Row, places: Sequence[int], width: int) -> Row:
    """A row with its cells at the given columns, and blank cells in the columns it does not have."""
    spread = [row[0]._replace(text="", field_no=column, box=None) for column in range(width)]
    for cell, column in zip(row, places, strict=True):
        spread[column] = cell._replace(field_no=column)
    return tuple(spread)
