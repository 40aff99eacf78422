"""Figures that stand below each other in one cell: rows that no rule parts, or one figure that is wrapped."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.numerals import is_amount, is_dash
from extract.readers.pdf.lines import Line
from extract.readers.ruled import Rule, RuledGrid
from extract.readers.stacked_lines import may_be_one

_SAME_LINE = 3.0  # points between baselines that are one
_MIDDLE = 0.35  # of a line's height that its baseline lies below the middle between two lines
_PADDING = 1.0  # points at least between a cell's text and its edges

Printed = Mapping[int, tuple[Line, ...]]
"""The lines of each cell of a grid, by its index."""


class _Part(NamedTuple):
    """What of one cell stands in one row of the grid."""

    cell: int
    lines: tuple[Line, ...]
    figures: tuple[Line, ...]


def rules_between(grids: Sequence[RuledGrid], inside: Sequence[Printed], rules: Sequence[Rule]) -> list[Rule]:
    """The rules that are missing between rows, where the cells of a row agree how it parts."""
    missing: list[Rule] = []
    for grid, cells in zip(grids, inside, strict=True):
        of_grid = list(_missing(grid, cells))
        if of_grid:
            missing += [*of_grid, *_at_ends(grid, of_grid, rules)]
    return missing


def is_glued(lines: Sequence[Line]) -> bool:
    """Whether two complete figures of one cell would be joined to a longer one."""
    return sum(is_amount(line.text) for line in lines) > 1


def _missing(grid: RuledGrid, cells: Printed) -> Iterator[Rule]:
    stacks = [index for index, lines in cells.items() if len(lines) > 1 and is_glued(lines)]
    if not stacks:  # nearly all grids
        return
    by_row: dict[int, list[_Part]] = defaultdict(list)
    for index, lines in cells.items():
        parts: dict[int, list[Line]] = defaultdict(list)
        for line in lines:
            parts[bisect_right(grid.rows, line.baseline - 1) - 1].append(line)
        for row, printed in parts.items():
            figures = tuple(line for line in printed if is_amount(line.text) or is_dash(line.text))
            by_row[row].append(_Part(index, tuple(printed), figures))
    for parts_of_row in by_row.values():
        stacked = [part for part in parts_of_row if len(part.figures) > 1]
        baselines = _together(line.baseline for part in stacked for line in part.figures)
        if len(baselines) > 1 and _are_rows(grid, stacked, parts_of_row, baselines):
            yield from _rules(grid, parts_of_row, baselines)


def _at_ends(grid: RuledGrid, missing: Sequence[Rule], rules: Sequence[Rule]) -> Iterator[Rule]:
    """Level rules where upright ones begin inside a row that is parted: a header's groups end there."""
    top = min(rule.top for rule in missing)
    left, right = grid.columns[0], grid.columns[-1]
    ends = _together(
        rule.top
        for rule in rules
        if not rule.is_horizontal
        and left < rule.left < right
        and grid.rows[0] < rule.top < top
        and min(abs(rule.top - edge) for edge in grid.rows) > _SAME_LINE
    )
    for y in ends:
        yield Rule(left, y, right, y)


def _together(baselines: Iterable[float]) -> list[float]:
    together: list[float] = []
    for baseline in sorted(baselines):
        if not together or baseline - together[-1] > _SAME_LINE:
            together.append(baseline)
    return together


def _are_rows(
    grid: RuledGrid, stacked: Sequence[_Part], parts: Sequence[_Part], baselines: Sequence[float]
) -> bool:
    """Whether stacked figures are rows: another cell has the same lines, and none can be a wrapped one."""
    first = baselines[0]
    alike = 0
    for part in parts:
        is_on = [
            min(abs(line.baseline - each) for each in baselines) <= _SAME_LINE
            for line in part.lines
            if line.baseline > first - _SAME_LINE
        ]
        if part.figures and not all(is_on):
            return False
        alike += sum(is_on) > 1
    are_wrapped = all(
        may_be_one(upper.text, lower.text) for part in stacked for upper, lower in pairwise(part.figures)
    )
    return alike > 1 and not are_wrapped and any(_has_room(grid, part) for part in stacked)


def _has_room(grid: RuledGrid, part: _Part) -> bool:
    """Whether one more digit would have stood beside a line that is not the last: it is no wrapped figure."""
    box = grid.cells[part.cell].box
    room = box.right - box.left - 2 * _PADDING
    for line in part.figures[:-1]:
        width = line.box.right - line.box.left
        if width + width / len(line.text) <= room:
            return True
    return False


def _rules(grid: RuledGrid, parts: Sequence[_Part], baselines: Sequence[float]) -> Iterator[Rule]:
    printed = [line for part in parts for line in part.lines]
    above = [line.baseline for line in printed if line.baseline < baselines[0] - _SAME_LINE]
    height = sorted(line.box.bottom - line.box.top for line in printed)[len(printed) // 2]
    starts = [max(above), *baselines] if above else list(baselines)
    for upper, lower in pairwise(starts):
        y = (upper + lower) / 2 - _MIDDLE * height
        yield Rule(grid.columns[0], y, grid.columns[-1], y)
