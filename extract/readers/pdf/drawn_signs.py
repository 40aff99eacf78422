"""Minus signs that are drawn as a short stroke before a figure, and are no text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extract.readers.pdf.content import Character, type_size
from extract.readers.ruled import Rule

_LONGEST = 9.0  # points
_SHORTEST, _WIDEST = 0.2, 0.9  # em
_LEAST, _MOST = 0.12, 0.5  # em above the baseline
_BESIDE = 0.6  # em from the stroke to the first digit at most


def with_drawn_signs(
    characters: Sequence[Character], rules: Sequence[Rule]
) -> tuple[Sequence[Character], Sequence[Rule]]:
    """Give each such stroke as the sign that it stands for, and the rules without it."""
    strokes = [rule for rule in rules if rule.is_horizontal and rule.right - rule.left <= _LONGEST]
    if not strokes:  # nearly all pages
        return characters, rules
    by_baseline = sorted(characters, key=lambda c: c.baseline)
    baselines = [c.baseline for c in by_baseline]
    largest = max((c.size for c in characters), default=0.0)
    signs: list[Character] = []
    gone: set[int] = set()
    for stroke in strokes:
        y = (stroke.top + stroke.bottom) / 2
        near = by_baseline[bisect_left(baselines, y) : bisect_right(baselines, y + largest)]
        first = min(
            (c for c in near if (c.left + c.right) / 2 > stroke.right), key=lambda c: c.left, default=None
        )
        if first is None or not first.text.isdigit():
            continue
        em = type_size(first.text, first.right - first.left)
        is_free = all(c.right <= stroke.left + 0.1 * em or c.left >= stroke.right - 0.1 * em for c in near)
        # a digit right before it: the stroke is one of a line through or between figures
        is_first = not any(
            c.text.isalnum() and -0.1 * em < stroke.left - c.right < _BESIDE * em for c in near
        )
        if (
            is_free
            and is_first
            and first.left - stroke.right < _BESIDE * em
            and _SHORTEST * em < stroke.right - stroke.left < _WIDEST * em
            and _LEAST * em < first.baseline - y < _MOST * em
        ):
            signs.append(first._replace(text="-", left=stroke.left, right=stroke.right))
            gone.add(id(stroke))
    if not signs:
        return characters, rules
    return [*characters, *signs], [rule for rule in rules if id(rule) not in gone]
