"""Text that is struck out: a level stroke through the middle of characters, no longer than they are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extract.readers.pdf.content import Character
from extract.readers.ruled import Rule, RuledGrid

_AT_EDGE = 2.0  # points; rules nearer to the edge of a row are the grid's
_LOWEST, _HIGHEST = 0.1, 0.62  # of a character's height above its baseline
_COVERED = 0.6  # of the stroke's length has characters under it
_LONGEST = 60.0  # em; longer strokes are rules


def without_struck(
    characters: Sequence[Character], rules: Sequence[Rule], grids: Sequence[RuledGrid]
) -> Sequence[Character]:
    """Leave out the characters that are struck out."""
    strokes = [rule for rule in rules if rule.is_horizontal and not _is_of_grid(rule, grids)]
    if not strokes or not characters:
        return characters
    by_baseline = sorted(characters, key=lambda c: c.baseline)
    baselines = [c.baseline for c in by_baseline]
    largest = max(c.size for c in characters)
    struck: set[int] = set()
    for stroke in strokes:
        y = (stroke.top + stroke.bottom) / 2
        near = by_baseline[bisect_left(baselines, y) : bisect_right(baselines, y + largest)]
        under = [
            c
            for c in near
            if c.baseline - _HIGHEST * c.size < y < c.baseline - _LOWEST * c.size
            and stroke.left - 1 <= (c.left + c.right) / 2 <= stroke.right + 1
        ]
        length = stroke.right - stroke.left
        if (
            under
            and sum(c.right - c.left for c in under) >= _COVERED * length
            and length < _LONGEST * largest
        ):
            struck.update(id(c) for c in under)
    return [c for c in characters if id(c) not in struck] if struck else characters


def _is_of_grid(rule: Rule, grids: Sequence[RuledGrid]) -> bool:
    y = (rule.top + rule.bottom) / 2
    for grid in grids:
        if grid.columns[0] - _AT_EDGE <= rule.left and rule.right <= grid.columns[-1] + _AT_EDGE:
            index = bisect_left(grid.rows, y)
            near = grid.rows[max(0, index - 1) : index + 1]
            if any(abs(edge - y) <= _AT_EDGE for edge in near):
                return True
    return False
