"""From ruled lines to grids of cells: pure geometry, for the rules of a PDF and those in a picture alike.

All lengths are points, from the top left corner of an upright page.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extract.blocks import Box
from extract.readers.reading import MOST_CELLS, UnreadableDocumentError

# Rules closer than this are one: double borders are 1 to 2 points apart, rows at least 6 (484 pages).
SNAP = 3.0
_REACH = 3.0  # how far a rule may stop short of the rule it should meet
_COVERED = 0.5  # the share of a cell's side that must be ruled for a side to be there
_OPEN_END = 6.0  # rules that stick out further than this beyond the last that crosses them close an open end


class Rule(NamedTuple):
    """A horizontal or vertical line: a rectangle that is thin one way."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Whether the line is longer than it is thick."""
        return self.right - self.left >= self.bottom - self.top


class GridCell(NamedTuple):
    """A cell by its place among the grid's edges; merged cells span several."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """Edges from left to right and from top to bottom, cells row by row, and which cell covers each place."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[GridCell, ...]
    cell_at: tuple[tuple[int, ...], ...]  # index into ``cells`` by row and column

    @property
    def box(self) -> Box:
        """The outline."""
        return Box(self.columns[0], self.rows[0], self.columns[-1], self.rows[-1])

    def index_at(self, x: float, y: float) -> int | None:
        """The cell that holds a point, as an index into ``cells``; None outside the grid."""
        column, row = bisect_right(self.columns, x) - 1, bisect_right(self.rows, y) - 1
        is_inside = 0 <= column < len(self.columns) - 1 and 0 <= row < len(self.rows) - 1
        return self.cell_at[row][column] if is_inside else None


_Line = tuple[float, float, float]  # where a rule lies across its direction, and its start and end along it
_Spans = list[tuple[float, float]]  # along a rule, sorted and apart


def ruled_grids(rules: Iterable[Rule]) -> tuple[RuledGrid, ...]:
    """The grids that rules form, from top to bottom. Rules that meet no other, and lone frames, form none.

    Edges lie where the rules of their own grid do, whatever other tables of the page have near.

    Raises:
        UnreadableDocumentError: for a grid of more cells than are read of a document.
    """
    rules = tuple(rules)
    across = _joined(((r.top + r.bottom) / 2, r.left, r.right) for r in rules if r.is_horizontal)
    upright = _joined(((r.left + r.right) / 2, r.top, r.bottom) for r in rules if not r.is_horizontal)
    groups = _connected([line for line, _ in across], [line for line, _ in upright])
    if len(groups) == 1:  # nothing else is near
        grids = [_grid([line for line, _ in across], [line for line, _ in upright])]
    else:
        grids = [_grid(_of_group(across, one), _of_group(upright, other)) for one, other in groups]
    return tuple(sorted((grid for grid in grids if grid), key=lambda grid: (grid.rows[0], grid.columns[0])))


def _of_group(lines: Sequence[tuple[_Line, list[_Line]]], group: Sequence[int]) -> list[_Line]:
    """The lines of one grid, each where the rules are that it was joined from."""
    return [line for line, _ in _joined(part for index in group for part in lines[index][1])]


def _joined(lines: Iterable[_Line]) -> list[tuple[_Line, list[_Line]]]:
    """Snap lines that lie on one another to their mean position, and join what touches; with their parts."""
    joined: list[tuple[_Line, list[_Line]]] = []
    group: list[_Line] = []
    for line in [*sorted(lines), None]:
        if group and (line is None or line[0] - group[-1][0] > SNAP):
            position = sum(place for place, _, _ in group) / len(group)
            for parts in _touching(group):
                end = max(stop for _, _, stop in parts)
                joined.append(((position, parts[0][1], end), parts))
            group = []
        if line is not None:
            group.append(line)
    return joined


def _touching(group: Iterable[_Line]) -> list[list[_Line]]:
    """Lines by what touches along them, from start to end."""
    found: list[list[_Line]] = []
    reach = 0.0
    for line in sorted(group, key=lambda each: each[1:]):
        if found and line[1] <= reach + _REACH:
            found[-1].append(line)
            reach = max(reach, line[2])
        else:
            found.append([line])
            reach = line[2]
    return found


def _connected(across: Sequence[_Line], upright: Sequence[_Line]) -> list[tuple[list[int], list[int]]]:
    """Group lines that meet, directly or by others, each by its index."""
    parent = list(range(len(across) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    places = [x for x, _, _ in upright]  # in order
    for i, (y, left, right) in enumerate(across):
        for j in range(bisect_left(places, left - _REACH), bisect_right(places, right + _REACH)):
            _, top, bottom = upright[j]
            if top - _REACH <= y <= bottom + _REACH:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i in range(len(across)):
        groups[root(i)][0].append(i)
    for j in range(len(upright)):
        groups[root(len(across) + j)][1].append(j)
    return list(groups.values())


def _grid(across: Sequence[_Line], upright: Sequence[_Line]) -> RuledGrid | None:
    by_row: dict[float, _Spans] = defaultdict(list)
    by_column: dict[float, _Spans] = defaultdict(list)
    for y, left, right in across:
        by_row[y].append((left, right))
    for x, top, bottom in upright:
        by_column[x].append((top, bottom))
    rows, columns = sorted(by_row), sorted(by_column)
    if len(rows) < 2 or not columns:
        return None
    # a page break leaves the row above or below it without its rule
    ends, sides = _open_ends(upright, rows), _open_ends(across, columns)
    for edge in ends:
        by_row[edge] = [(columns[0], columns[-1])]
    rows = sorted(by_row)
    for edge in sides:
        by_column[edge] = [(rows[0], rows[-1])]
    columns = sorted(by_column)
    if len(columns) < 2 or (len(rows) == 2 and len(columns) == 2):
        return None
    if len(columns) * len(rows) > MOST_CELLS:
        raise UnreadableDocumentError(
            f"a page holds a table of {len(columns):,} by {len(rows):,} cells, which no page can show"
        )
    return _with_cells(
        columns,
        rows,
        [[_covers(by_row[y], left, right) for left, right in pairwise(columns)] for y in rows],
        [[_covers(by_column[x], top, bottom) for top, bottom in pairwise(rows)] for x in columns],
    )


def _open_ends(lines: Sequence[_Line], crossing: Sequence[float]) -> list[float]:
    """Edges of a table that is open at an end: most rules go on well beyond the last that crosses them."""
    edges = []
    starts = sorted(start for _, start, _ in lines if start < crossing[0] - _OPEN_END)
    stops = sorted(stop for _, _, stop in lines if stop > crossing[-1] + _OPEN_END)
    if 2 * len(starts) > len(lines):
        edges.append(starts[len(starts) // 2])
    if 2 * len(stops) > len(lines):
        edges.append(stops[len(stops) // 2])
    return edges


def _covers(spans: _Spans, start: float, end: float) -> bool:
    """Whether at least half of a stretch is ruled."""
    ruled = sum(max(0.0, min(end, stop) - max(start, begin)) for begin, stop in spans)
    return ruled >= _COVERED * (end - start)


def _with_cells(
    columns: Sequence[float], rows: Sequence[float], above: list[list[bool]], beside: list[list[bool]]
) -> RuledGrid:
    """Merge places that no rule parts. ``above[r][c]`` and ``beside[c][r]`` say where a side is ruled."""
    height, width = len(rows) - 1, len(columns) - 1
    cell_at = [[-1] * width for _ in range(height)]
    cells: list[GridCell] = []
    for row in range(height):
        for column in range(width):
            if cell_at[row][column] >= 0:
                continue
            right = column + 1
            while right < width and cell_at[row][right] < 0 and not beside[right][row]:
                right += 1
            bottom = row + 1
            while (
                bottom < height
                and not any(above[bottom][column:right])
                and _is_free(cell_at[bottom][column:right])
                and not any(beside[inner][bottom] for inner in range(column + 1, right))
            ):
                bottom += 1
            for y in range(row, bottom):
                cell_at[y][column:right] = [len(cells)] * (right - column)
            box = Box(columns[column], rows[row], columns[right], rows[bottom])
            cells.append(GridCell(row, column, bottom - row, right - column, box))
    return RuledGrid(tuple(columns), tuple(rows), tuple(cells), tuple(map(tuple, cell_at)))


def _is_free(places: Sequence[int]) -> bool:
    return all(place < 0 for place in places)
