"""The columns of a table without upright rules: where words stand below each other. No figure is ever cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from extract.readers.aligned.words import Word, WordLine

_MAY_CROSS = 0.12  # of a table's rows may hold a word, of a merged cell, that lies across a gap
_REACH = 0.4  # em that a figure may stick out of its column

Span = tuple[float, float]


class Spanning(Protocol):
    """What stands somewhere on a page."""

    @property
    def left(self) -> float:
        """Where it begins."""

    @property
    def right(self) -> float:
        """Where it ends."""

    @property
    def top(self) -> float:
        """Its upper end."""

    @property
    def bottom(self) -> float:
        """Its lower end."""


class Columns(NamedTuple):
    """Edges from left to right, one more than there are columns, and how far each column is printed.

    ``is_head`` says that nothing is printed of them but a head.
    """

    edges: tuple[float, ...]
    printed: tuple[Span, ...]
    is_head: bool = False

    def at(self, x: float) -> int:
        """The column that a point is in, or nearest to."""
        inside = sum(edge <= x for edge in self.edges[1:-1])
        return min(inside, len(self.printed) - 1)

    def holds(self, word: Word, em: float) -> bool:
        """Whether a word lies in one column."""
        column = self.at((word.left + word.right) / 2)
        left, right = self.edges[column], self.edges[column + 1]
        return word.left >= left - _REACH * em and word.right <= right + _REACH * em


def columns_of(body: Sequence[WordLine], head: Sequence[Spanning], em: float) -> Columns:
    """The columns that the words of a table's rows make, and those that only its head names.

    ``head`` are the cells of its head, from top to bottom. A heading at the left and figures at the right of
    one wide column need not stand over each other: they are one where nothing else is over or under them.
    """
    spans = _covered(body)
    lowest = [cell for cell in head if not _has_below(cell, head)]
    for cell in sorted(lowest, key=lambda each: each.left):
        if any(overlap(cell, span) > 0 for span in spans) or _is_over_others(cell, head, spans):
            continue
        beside = _without_heading(cell, lowest, spans)
        if beside is not None:
            spans[spans.index(beside)] = (min(beside[0], cell.left), max(beside[1], cell.right))
        else:
            spans = sorted([*spans, (cell.left, cell.right)])
    return _edged(spans, em)


def _has_below(cell: Spanning, head: Sequence[Spanning]) -> bool:
    return any(
        other.top >= cell.bottom - (cell.bottom - cell.top) / 4
        and overlap(other, (cell.left, cell.right)) > 0
        for other in head
        if other is not cell
    )


def _without_heading(cell: Spanning, lowest: Sequence[Spanning], spans: Sequence[Span]) -> Span | None:
    """The column right or left of a heading that has none of its own, nor another heading between."""
    right = next((span for span in spans if span[0] >= cell.right), None)
    left = next((span for span in reversed(spans) if span[1] <= cell.left), None)
    for span in (right, left):
        if span is None:
            continue
        start, end = min(span[0], cell.right), max(span[1], cell.left)
        between = [o for o in lowest if o is not cell and overlap(o, (start, end)) > 0]
        if not between:
            return span
    return None


def _covered(body: Sequence[WordLine]) -> list[Span]:
    """Stretches that figures cover, or the other words of more rows than a few."""
    most = int(_MAY_CROSS * len(body))
    events: list[tuple[float, int]] = []
    for word in (word for line in body for word in line):
        weight = most + 1 if word.is_figure else 1
        events += [(word.left, weight), (word.right, -weight)]
    found: list[Span] = []
    depth, start = 0, 0.0
    for x, weight in sorted(events):
        before, depth = depth, depth + weight
        if before <= most < depth:
            start = x
        elif before > most >= depth:
            found.append((start, x))
    return found


def overlap(word: Spanning, span: Span) -> float:
    """How many points a word and a stretch have in common; not positive where they are apart."""
    return min(word.right, span[1]) - max(word.left, span[0])


def _is_over_others(cell: Spanning, head: Sequence[Spanning], spans: Sequence[Span]) -> bool:
    """Whether a cell of a head that stands over a gap is the heading of the columns on both sides of it.

    It is where neither of them has a cell of its own on the same height, and both have one below.
    """
    others = [*spans, *((o.left, o.right) for o in head if o is not cell)]
    left = max((span for span in others if span[1] <= cell.left), key=lambda each: each[1], default=None)
    right = min((span for span in others if span[0] >= cell.right), key=lambda each: each[0], default=None)
    if left is None or right is None:
        return False
    level = [o for o in head if o is not cell and min(o.bottom, cell.bottom) > max(o.top, cell.top)]
    if any(overlap(other, span) > 0 for other in level for span in (left, right)):
        return False
    below = [other for other in head if other.top >= cell.bottom]
    return all(any(overlap(other, span) > 0 for other in below) for span in (left, right))


def _edged(spans: Sequence[Span], em: float) -> Columns:
    between = [(before[1] + after[0]) / 2 for before, after in pairwise(spans)]
    return Columns((spans[0][0] - em / 2, *between, spans[-1][1] + em / 2), tuple(spans))
