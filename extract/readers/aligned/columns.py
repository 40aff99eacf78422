"""The columns of a table without upright rules: where words stand below each other. No figure is ever cut."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.readers.aligned.words import Word, WordLine

_MAY_CROSS = 0.12  # of a table's rows may hold a word, of a merged cell, that lies across a gap
_REACH = 0.4  # em that a figure may stick out of its column
_AT_LEFT = 0.8  # em within which a word begins where its column does

_Span = tuple[float, float]


class Columns(NamedTuple):
    """Edges from left to right, one more than there are columns, and what is printed of each column."""

    edges: tuple[float, ...]
    printed: tuple[_Span, ...]

    def at(self, x: float) -> int:
        """The column that a point is in, or nearest to."""
        inside = sum(edge <= x for edge in self.edges[1:-1])
        return min(inside, len(self.printed) - 1)

    def holds(self, word: Word, em: float) -> bool:
        """Whether a word lies in one column."""
        column = self.at((word.left + word.right) / 2)
        left, right = self.edges[column], self.edges[column + 1]
        return word.left >= left - _REACH * em and word.right <= right + _REACH * em


def columns_of(body: Sequence[WordLine], head: Sequence[WordLine], em: float) -> Columns:
    """The columns that the words of a table's rows make, and those that only its head names."""
    spans = _covered(body)
    for number in range(len(head) - 1, -1, -1):
        for word in head[number]:
            if not any(_overlap(word, span) > 0 for span in spans) and not _is_over_others(
                word, number, head, spans
            ):
                spans = sorted([*spans, (word.left, word.right)])
    return _edged(spans, em)


def _covered(body: Sequence[WordLine]) -> list[_Span]:
    """Stretches that figures cover, or the other words of more rows than a few."""
    most = int(_MAY_CROSS * len(body))
    events: list[tuple[float, int]] = []
    for word in (word for line in body for word in line):
        weight = most + 1 if word.is_figure else 1
        events += [(word.left, weight), (word.right, -weight)]
    found: list[_Span] = []
    depth, start = 0, 0.0
    for x, weight in sorted(events):
        before, depth = depth, depth + weight
        if before <= most < depth:
            start = x
        elif before > most >= depth:
            found.append((start, x))
    return found


def _overlap(word: Word, span: _Span) -> float:
    return min(word.right, span[1]) - max(word.left, span[0])


def _is_over_others(word: Word, number: int, head: Sequence[WordLine], spans: Sequence[_Span]) -> bool:
    """Whether a word of a head that stands over a gap is the heading of the columns beside it.

    It is where neither of them has a word of its own in the same line, and one has in a line below.
    """
    beside = [
        *[span for span in spans if span[1] <= word.left][-1:],
        *[span for span in spans if span[0] >= word.right][:1],
    ]
    same = [other for other in head[number] if other is not word]
    if any(_overlap(other, span) > 0 for other in same for span in beside):
        return False
    below = [other for line in head[number + 1 :] for other in line]
    return any(_overlap(other, span) > 0 for other in below for span in beside)


def _edged(spans: Sequence[_Span], em: float) -> Columns:
    between = [(before[1] + after[0]) / 2 for before, after in pairwise(spans)]
    return Columns((spans[0][0] - em / 2, *between, spans[-1][1] + em / 2), tuple(spans))


def head_column(word: Word, number: int, head: Sequence[WordLine], columns: Columns, em: float) -> int:
    """The first of the columns that a word of the head stands over.

    A word may head several columns. It stands at the left of them, or in the middle of those that no other
    word of its line heads and that have words of their own below.
    """
    over = [index for index, span in enumerate(columns.printed) if _overlap(word, span) > 0]
    first = over[0] if over else columns.at((word.left + word.right) / 2)
    last = over[-1] if over else first
    below = [other for line in head[number + 1 :] for other in line]
    heads_below = {
        index
        for index, span in enumerate(_cells(columns))
        if any(span[0] <= (other.left + other.right) / 2 < span[1] for other in below)
    }
    if abs(word.left - columns.printed[first][0]) <= _AT_LEFT * em and first in over:
        return first
    if len(over) == 1 and first not in heads_below:
        return first
    lowest, highest = _bounds(word, head[number], columns)
    middle = (word.left + word.right) / 2
    choices = [
        (abs((columns.edges[i] + columns.edges[j + 1]) / 2 - middle), i - j, i)
        for i in range(lowest, first + 1)
        for j in range(max(last, i), highest + 1)
        if all(index in heads_below for index in range(i, j + 1)) or (i, j) == (first, last)
    ]
    return min(choices)[2] if choices else first


def _cells(columns: Columns) -> list[_Span]:
    return list(pairwise(columns.edges))


def _bounds(word: Word, line: WordLine, columns: Columns) -> tuple[int, int]:
    """The first and last column that other words of the line leave to this one."""
    lowest, highest = 0, len(columns.printed) - 1
    for other in line:
        if other is word:
            continue
        at = columns.at((other.left + other.right) / 2)
        if other.right <= word.left:
            lowest = max(lowest, min(at + 1, columns.at((word.left + word.right) / 2)))
        else:
            highest = min(highest, max(at - 1, columns.at((word.left + word.right) / 2)))
    return lowest, highest
