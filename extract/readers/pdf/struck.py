"""Text that is struck out: a level stroke through the middle of characters, no longer than they are.

Or a slanted one from the foot of the first to the head of the last, or the other way; a stroke that parts the
head of a table is higher than a line of text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from extract.readers.pdf.content import Character, type_size
from extract.readers.ruled import Rule

_LOWEST, _HIGHEST = 0.1, 0.62  # of a character's height above its baseline
# em above the baseline, as the width of characters tells it: the boxes of some fonts are twice as high
_LEAST, _MOST = 0.1, 0.5
_COVERED = 0.6  # of the stroke's length has characters under it
_LONGEST = 60.0  # em; longer strokes are rules
_HEAD, _FOOT = 1.0, 0.4  # em above and below the baseline that a slanted stroke may reach
_SHORTEST_SLANT = 0.8  # em


def without_struck(
    characters: Sequence[Character], rules: Sequence[Rule], slants: Sequence[Rule] = ()
) -> tuple[Sequence[Character], Sequence[Rule]]:
    """Leave out the characters that are struck out, and the strokes, which are no rules of a grid.

    ``slants`` are the rectangles around slanted strokes.
    """
    if slants:
        characters = _without_slanted(characters, slants)
    strokes = _through_text(characters, rules)
    if not strokes:  # nearly all pages
        return characters, rules
    by_baseline = sorted(characters, key=lambda c: c.baseline)
    baselines = [c.baseline for c in by_baseline]
    largest = max(c.size for c in characters)
    struck: set[int] = set()
    gone: set[int] = set()
    for stroke in strokes:
        y = (stroke.top + stroke.bottom) / 2
        under = [
            c
            for c in by_baseline[bisect_left(baselines, y) : bisect_right(baselines, y + largest)]
            if c.baseline - _HIGHEST * c.size < y < c.baseline - _LOWEST * c.size
            and stroke.left - 1 <= (c.left + c.right) / 2 <= stroke.right + 1
        ]
        em = max((type_size(c.text, c.right - c.left) for c in under), default=0.0)
        under = [c for c in under if _LEAST * em < c.baseline - y < _MOST * em]
        length = stroke.right - stroke.left
        covered = sum(c.right - c.left for c in under)
        if under and covered >= _COVERED * length and length < _LONGEST * largest:
            struck.update(id(c) for c in under)
            gone.add(id(stroke))
    return [c for c in characters if id(c) not in struck], [rule for rule in rules if id(rule) not in gone]


def _without_slanted(characters: Sequence[Character], slants: Sequence[Rule]) -> Sequence[Character]:
    by_baseline = sorted(characters, key=lambda c: c.baseline)
    baselines = [c.baseline for c in by_baseline]
    largest = max((c.size for c in characters), default=0.0)
    struck: set[int] = set()
    for slant in slants:
        near = by_baseline[
            bisect_left(baselines, slant.bottom - _FOOT * largest) : bisect_right(
                baselines, slant.top + _HEAD * largest
            )
        ]
        over = [c for c in near if slant.left - 1 <= (c.left + c.right) / 2 <= slant.right + 1]
        em = max((type_size(c.text, c.right - c.left) for c in over), default=0.0)
        if slant.right - slant.left < _SHORTEST_SLANT * em:
            continue
        under = [
            c
            for c in over
            if c.baseline - _HEAD * em <= slant.top and slant.bottom <= c.baseline + _FOOT * em
        ]
        if sum(c.right - c.left for c in under) >= _COVERED * (slant.right - slant.left):
            struck.update(id(c) for c in under)
    return [c for c in characters if id(c) not in struck] if struck else characters


def _through_text(characters: Sequence[Character], rules: Sequence[Rule]) -> list[Rule]:
    """The level rules that lie where the middle of some line of text is."""
    level = sorted((rule for rule in rules if rule.is_horizontal), key=lambda rule: rule.top)
    tops = [rule.top for rule in level]
    lines = {c.baseline: c for c in characters}
    found: dict[int, Rule] = {}
    for c in lines.values():
        first = bisect_right(tops, c.baseline - _HIGHEST * c.size - 1)
        end = bisect_left(tops, c.baseline - _LOWEST * c.size + 1)
        found.update((id(rule), rule) for rule in level[first:end])
    return list(found.values())
