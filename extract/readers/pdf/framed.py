"""Frames drawn closely around one text, as reviewers mark a figure: they are no cells of a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from extract.blocks import Box
from extract.readers.pdf.content import Character
from extract.readers.ruled import SNAP, Rule

_MEETING = 1.0  # points between the ends of sides that meet
_HIGHEST = 2.2  # em
_LOOSE = 1.6  # em of its width, at most, that the text in a frame leaves
_SIDES_AT_A_CORNER = 2

_Point = tuple[float, float]


def without_frames(characters: Sequence[Character], rules: Sequence[Rule]) -> Sequence[Rule]:
    """Leave out the sides of frames around one text each that share no corner and lie side by side with none.

    The cells of a table that is drawn cell by cell share their corners, or lie side by side.
    """
    if not characters:
        return rules
    sizes = sorted(c.size for c in characters)
    em = sizes[len(sizes) // 2]
    frames = list(_lone(rules, _HIGHEST * em))
    if not frames:  # nearly all pages
        return rules
    boxes = [box for box, _ in frames]
    marking = [
        sides
        for box, sides in frames
        if not any(other is not box and _is_beside(box, other) for other in boxes)
        and _holds_one_text(box, characters)
    ]
    gone = {id(rule) for sides in marking for rule in sides}
    return [rule for rule in rules if id(rule) not in gone]


def _lone(rules: Sequence[Rule], highest: float) -> Iterator[tuple[Box, tuple[Rule, ...]]]:
    """Four sides that meet one another and nothing else."""
    upright = [rule for rule in rules if not rule.is_horizontal and rule.bottom - rule.top <= highest]
    if not upright:
        return
    ends = _Ends(rules)
    lefts: dict[int, list[Rule]] = defaultdict(list)
    for rule in rules:
        if rule.is_horizontal:
            lefts[round(rule.left)].append(rule)
    by_top: dict[tuple[int, int], list[Rule]] = defaultdict(list)
    for rule in upright:
        by_top[round(rule.top), round(rule.bottom)].append(rule)
    for left in upright:
        corners = _ends(left)
        if not all(ends.is_corner(corner) for corner in corners):
            continue
        level = [
            rule
            for near in (-1, 0, 1)
            for rule in lefts[round(left.left) + near]
            if any(_is_at(_ends(rule)[0], corner) for corner in corners)
        ]
        if len(level) != _SIDES_AT_A_CORNER:
            continue
        far = [_ends(rule)[1] for rule in level]
        if abs(far[0][0] - far[1][0]) > _MEETING or not all(ends.is_corner(end) for end in far):
            continue
        rights = [
            rule
            for top in (-1, 0, 1)
            for bottom in (-1, 0, 1)
            for rule in by_top[round(left.top) + top, round(left.bottom) + bottom]
            if rule is not left and all(any(_is_at(end, corner) for corner in far) for end in _ends(rule))
        ]
        if len(rights) == 1:
            yield Box(left.left, left.top, rights[0].right, left.bottom), (left, *level, rights[0])


def _ends(rule: Rule) -> tuple[_Point, _Point]:
    if rule.is_horizontal:
        y = (rule.top + rule.bottom) / 2
        return (rule.left, y), (rule.right, y)
    x = (rule.left + rule.right) / 2
    return (x, rule.top), (x, rule.bottom)


def _is_at(point: _Point, other: _Point) -> bool:
    return abs(point[0] - other[0]) <= _MEETING and abs(point[1] - other[1]) <= _MEETING


class _Ends:
    """The ends of all rules of a page."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_place: dict[tuple[int, int], list[_Point]] = defaultdict(list)
        for rule in rules:
            for x, y in _ends(rule):
                self._by_place[round(x), round(y)].append((x, y))

    def is_corner(self, point: _Point) -> bool:
        """Whether just two rules end there."""
        x, y = round(point[0]), round(point[1])
        return (
            sum(
                _is_at(point, other)
                for right in (-1, 0, 1)
                for down in (-1, 0, 1)
                for other in self._by_place.get((x + right, y + down), ())
            )
            == _SIDES_AT_A_CORNER
        )


def _is_beside(box: Box, other: Box) -> bool:
    """Whether two frames lie as close to each other as cells do."""
    apart_x = max(box.left, other.left) - min(box.right, other.right)
    apart_y = max(box.top, other.top) - min(box.bottom, other.bottom)
    return max(apart_x, apart_y) <= SNAP


def _holds_one_text(box: Box, characters: Sequence[Character]) -> bool:
    inside = [
        c
        for c in characters
        if box.left <= (c.left + c.right) / 2 <= box.right
        and box.top <= c.baseline - c.size / 3 <= box.bottom
    ]
    if not inside:
        return False
    em = max(c.size for c in inside)
    baselines = [c.baseline for c in inside]
    width = max(c.right for c in inside) - min(c.left for c in inside)
    return max(baselines) - min(baselines) < em / 2 and box.right - box.left - width <= _LOOSE * em
