"""The outlines of drawings of OFD: abbreviated data (``M 0 0 L 10 0 C``) to points and to rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from extract.readers.pdf.content import rule_of
from extract.readers.ruled import Rule

Point = tuple[float, float]
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_STRAIGHT = "L"


def outlines(data: str, placed: Callable[[float, float], Point]) -> Iterator[list[Point]]:
    """The straight outlines of a path, each point ``placed``. A curve ends one: no rule is curved."""
    tokens = data.split()
    points: list[Point] = []
    place = 0
    while place < len(tokens):
        command = tokens[place]
        count = _ARGUMENTS.get(command)
        arguments = tokens[place + 1 : place + 1 + (count or 0)]
        if count is None or len(arguments) < count:
            break
        place += 1 + count
        if command == "C":
            if points:
                points.append(points[0])
            continue
        if command != _STRAIGHT and points:
            yield points
            points = []
        try:
            points.append(placed(float(arguments[-2]), float(arguments[-1])))
        except ValueError:
            break
    if points:
        yield points


def rules_of(points: Sequence[Point], *, is_stroked: bool, is_filled: bool) -> Iterator[Rule]:
    """The rules that an outline on the upright page draws: stroked lines, and fills that are thin."""
    if is_filled:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        rule = rule_of(min(xs), min(ys), max(xs), max(ys))
        if rule is not None:
            yield rule
            return
    if is_stroked:
        for (x0, y0), (x1, y1) in pairwise(points):
            rule = rule_of(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            if rule is not None:
                yield rule
