"""Grids that a page break cut: the same columns on the next page, whatever its own rules show of them.

A page that holds the end of a table may lack columns (a last row 合计 merged over the codes), so its cells
are put into the columns of the pages before by their edges, not by their number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from extract.blocks import Block, Grid, Row, Text

_SAME_EDGE = 2.5  # points between edges that are one (484 pages measured)
# Of recognised pages: sheets lie up to 7 mm aside in a scanner, and rules are found a few dots off.
_MOST_SHIFT = 20.0
_SAME_EDGE_IN_PICTURES = 4.0

_Edges = tuple[float, ...]


def continue_grids(
    pages: Sequence[tuple[Block, ...]], is_page_mark: Callable[[str], bool]
) -> tuple[Block, ...]:
    """Join pages to one sequence of blocks, with the grids that go on over a break in common columns.

    A grid goes on where nothing but a page number stands between it and the grid above, their outer edges are
    the same, and the inner edges of one are among those of the other. A page that was recognised in a picture
    may lie a little to the side of the page before.
    """
    blocks = [block for page in pages for block in page]
    chains: list[
        list[tuple[int, _Edges]]
    ] = []  # where each grid is, and its edges as on its chain's first page
    for index, block in enumerate(blocks):
        if not isinstance(block, Grid):
            continue
        edges = block.column_edges or ()
        if chains:
            above, edges_above = chains[-1][-1]
            shifted = _laid_on(edges_above, edges) if _is_recognised(block) else edges
            if _may_go_on(blocks, above, index, is_page_mark) and _fit(edges_above, shifted, _reach(block)):
                chains[-1].append((index, shifted))
                continue
        chains.append([(index, edges)])
    for chain in chains:
        reach = max(_reach(blocks[index]) for index, _ in chain)
        columns = _common_columns([edges for _, edges in chain], reach)
        for index, edges in chain:
            blocks[index] = _in_columns(blocks[index], edges, columns)
    return tuple(blocks)


def _may_go_on(blocks: Sequence[Block], above: int, index: int, is_page_mark: Callable[[str], bool]) -> bool:
    between = blocks[above + 1 : index]
    if not all(isinstance(block, Text) and is_page_mark(block.text) for block in between):
        return False
    return blocks[above].rows[0][0].page_no != blocks[index].rows[0][0].page_no  # type: ignore[union-attr]


def _fit(first: _Edges, second: _Edges, reach: float) -> bool:
    if not first or not second:
        return False
    if max(abs(first[0] - second[0]), abs(first[-1] - second[-1])) > reach:
        return False
    return _are_among(first, second, reach) or _are_among(second, first, reach)


def _laid_on(above: _Edges, edges: _Edges) -> _Edges:
    """Edges moved so that the first lies on the first above, if that is no further than a sheet may lie."""
    shift = above[0] - edges[0] if above and edges else 0.0
    return tuple(edge + shift for edge in edges) if abs(shift) <= _MOST_SHIFT else edges


def _is_recognised(block: Block) -> bool:
    return isinstance(block, Grid) and any(cell.confidence is not None for row in block.rows for cell in row)


def _reach(block: Block) -> float:
    """Points between edges that are one."""
    return _SAME_EDGE_IN_PICTURES if _is_recognised(block) else _SAME_EDGE


def _are_among(few: _Edges, many: _Edges, reach: float) -> bool:
    return all(any(abs(edge - other) <= reach for other in many) for edge in few)


def _common_columns(each: Sequence[_Edges], reach: float) -> _Edges:
    """All edges of a chain; those of the page with the most columns, since the others' are among them."""
    common = max(each, key=len)
    missing = {edge for edges in each for edge in edges if not _are_among((edge,), common, reach)}
    return tuple(sorted({*common, *missing}))


def _in_columns(block: Block, edges: _Edges, columns: _Edges) -> Block:
    if not isinstance(block, Grid) or not edges or len(edges) == len(columns):
        return block
    places = [
        min(range(len(columns) - 1), key=lambda column: abs(columns[column] - left))
        for left, _ in pairwise(edges)
    ]
    return Grid(tuple(_spread(row, places, len(columns) - 1) for row in block.rows), columns)


def _spread(row: Row, places: Sequence[int], width: int) -> Row:
    """A row with its cells at the given columns, and blank cells in the columns it does not have."""
    spread = [row[0]._replace(text="", field_no=column, box=None) for column in range(width)]
    for cell, column in zip(row, places, strict=True):
        spread[column] = cell._replace(field_no=column)
    return tuple(spread)
