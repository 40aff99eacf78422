"""The head of a table without rules: its words as cells, what each stands over, and how deep it lies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.readers.aligned.columns import Columns, overlap
from extract.readers.aligned.words import Level, Word, WordLine
from extract.readers.wrapping import join_lines

_WRAPPED = 1.55  # em between the lines of a wrapped text at most
_AT_LEFT = 0.8  # em within which a word begins where its column does
_OFF_CENTRE = 1.3  # em that the middle of columns may be off, since nothing shows where they end
_MOST_ASIDE = 40  # columns that a heading reaches beyond those it stands over
_CLEARLY = 0.8  # em by which other columns must fit better


@dataclass(slots=True, eq=False)
class HeadCell:
    """The words of one cell of a head, which may be wrapped; ``depth`` is its row, ``first`` its column."""

    words: list[Word]
    first: int = 0
    last: int = 0
    depth: int = 0

    @property
    def left(self) -> float:
        """Where its longest line begins."""
        return min(word.left for word in self.words)

    @property
    def right(self) -> float:
        """Where its longest line ends."""
        return max(word.right for word in self.words)

    @property
    def middle(self) -> float:
        """Its middle, across."""
        return (self.left + self.right) / 2

    @property
    def top(self) -> float:
        """The top of its first line."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """The bottom of its last line."""
        return max(word.bottom for word in self.words)

    @property
    def text(self) -> str:
        """Its lines joined as wrapped text is."""
        return join_lines("\n".join(word.text for word in self.words))

    @property
    def span(self) -> tuple[float, float]:
        """From left to right."""
        return self.left, self.right


def head_cells(head: Sequence[WordLine], levels: Sequence[Level], em: float) -> list[HeadCell]:
    """The cells of a head, from top to bottom: a word that goes on one right above it is of its cell."""
    cells: list[HeadCell] = []
    for line in head:
        for word in line:
            above = next(
                (cell for cell in reversed(cells) if _goes_on(cell, word, line, levels, em)),
                None,
            )
            if above is None:
                cells.append(HeadCell([word]))
            else:
                above.words.append(word)
    return sorted(cells, key=lambda cell: (cell.top + cell.bottom, cell.left))


def _goes_on(cell: HeadCell, word: Word, line: WordLine, levels: Sequence[Level], em: float) -> bool:
    last = cell.words[-1]
    step = word.baseline - last.baseline
    if not em / 2 < step <= _WRAPPED * em or overlap(word, cell.span) <= 0:
        return False
    if any(level.parts(last.baseline, word) for level in levels):
        return False
    # a heading of several columns has several words below it
    if sum(overlap(other, cell.span) > 0 for other in line) > 1:
        return False
    is_centred = abs(cell.middle - (word.left + word.right) / 2) <= em / 2
    return is_centred or abs(cell.left - word.left) <= em / 4 or abs(cell.right - word.right) <= em / 4


def laid_over(cells: Sequence[HeadCell], columns: Columns, em: float) -> None:
    """Find for each cell of a head the columns it stands over, and the row it is in."""
    printed = list(columns.printed)
    edges = columns.edges
    for cell in reversed(cells):  # what a heading stands over is told by what stands below it
        cell.first, cell.last = _reach(cell, cells, columns._replace(edges=edges), em)
        if cell.first == cell.last:  # a column is as wide as its heading, too
            left, right = printed[cell.first]
            printed[cell.first] = min(left, cell.left), max(right, cell.right)
            edges = (edges[0], *((a[1] + b[0]) / 2 for a, b in pairwise(printed)), edges[-1])
    for number, cell in enumerate(cells):
        above = [
            other.depth
            for other in cells[:number]
            if other.first <= cell.last
            and other.last >= cell.first
            and other.bottom - em / 2 <= cell.top + em / 2
        ]
        cell.depth = max(above, default=-1) + 1


def _reach(cell: HeadCell, cells: Sequence[HeadCell], columns: Columns, em: float) -> tuple[int, int]:
    over = [index for index, span in enumerate(columns.printed) if overlap(cell, span) > 0]
    first = over[0] if over else columns.at(cell.middle)
    last = over[-1] if over else first
    below = [other for other in cells if other.top >= cell.bottom - em / 2]
    spans = list(pairwise(columns.edges))
    with_more = {index for other in below for index in range(other.first, other.last + 1)}
    if len(over) == 1 and first not in with_more:
        return first, first
    beside = [other for other in cells if other is not cell and _is_level(cell, other)]
    lowest, highest = 0, len(spans) - 1
    for other in beside:
        taken = [index for index, span in enumerate(columns.printed) if overlap(other, span) > 0]
        if other.right <= cell.left:
            lowest = max(lowest, min((taken[-1] if taken else columns.at(other.middle)) + 1, first))
        else:
            highest = min(highest, max((taken[0] if taken else columns.at(other.middle)) - 1, last))
    lowest, highest = max(lowest, first - _MOST_ASIDE), min(highest, last + _MOST_ASIDE)
    # what it heads begins on one height, or is centred upon one; a cell beside that is as high as the head
    # stands on another
    heights = [_heights(below, index) for index in range(len(spans))]
    choices = [
        (abs((columns.edges[i] + columns.edges[j + 1]) / 2 - cell.middle), i, j)
        for i in range(lowest, first + 1)
        for j in range(last, highest + 1)
        if (with_more.issuperset(range(i, j + 1)) and not _cuts(below, i, j)) or (i, j) == (first, last)
    ]
    whole = _whole(choices, heights, (lowest, highest), len(spans), em)
    if whole is not None and abs(whole[0]) <= _OFF_CENTRE * em + _slack(columns, *whole[1:]):
        return whole[1:]
    aside = abs(cell.left - columns.printed[first][0]) if over else math.inf
    if aside <= _AT_LEFT * em and min(choices)[0] > max(aside, em / 2):
        return first, max((j for _, i, j in choices if i == first), default=last)
    alike = [
        choice
        for choice in choices
        if _are_alike(heights[choice[1] : choice[2] + 1], em) and choice[0] <= _OFF_CENTRE * em
    ]
    if not alike or min(alike)[0] > min(choices)[0] + _CLEARLY * em:
        alike = choices
    best = min(alike)[0]
    near = [(i - j, i, j) for off, i, j in alike if off <= best + _OFF_CENTRE * em]
    _, i, j = min(near)
    return i, j


_Choice = tuple[float, int, int]  # how far off a middle is, the first column and the last


def _whole(
    choices: Sequence[_Choice],
    heights: Sequence[tuple[float, float]],
    free: tuple[int, int],
    count: int,
    em: float,
) -> _Choice | None:
    """The choice that leaves no column without a heading; None where a heading beside may have some of them.

    ``free`` are the first and the last column that no heading beside has, of ``count``. What is centred where
    the cells below a heading are is below one; no other can be over it.
    """
    alike = [each for each in choices if _are_alike(heights[each[1] : each[2] + 1], em)]
    if not alike:
        return None
    widest = max(alike, key=lambda each: each[2] - each[1])
    _, i, j = widest
    is_alone = (i > free[0] or i == 0) and (j < free[1] or j == count - 1)
    return widest if is_alone else None


def _cuts(below: Sequence[HeadCell], i: int, j: int) -> bool:
    """Whether a cell below stands over columns inside and outside."""
    return any(other.first < i <= other.last or other.first <= j < other.last for other in below)


def _slack(columns: Columns, i: int, j: int) -> float:
    """How far the middle of columns may be aside, since each edge is anywhere between two printed columns."""
    return (columns.printed[i][0] - columns.edges[i] + columns.edges[j + 1] - columns.printed[j][1]) / 2


def _heights(below: Sequence[HeadCell], index: int) -> tuple[float, float]:
    """How high the first cell below stands over a column, and the middle of all that do."""
    over = [other for other in below if other.first <= index <= other.last]
    if not over:
        return 0.0, 0.0
    first = min((other.top + other.bottom) / 2 for other in over)
    return first, (min(other.top for other in over) + max(other.bottom for other in over)) / 2


def _are_alike(heights: Sequence[tuple[float, float]], em: float) -> bool:
    return any(max(each) - min(each) < em / 2 for each in zip(*heights, strict=True))


def _is_level(cell: HeadCell, other: HeadCell) -> bool:
    return min(cell.bottom, other.bottom) - max(cell.top, other.top) > 0
