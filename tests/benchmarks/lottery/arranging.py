"""Changes of a form that leave its meaning as it is: other columns first, leaves alone, the total below."""

from __future__ import annotations

import random
from dataclasses import replace

from tests.benchmarks.lottery.logical import Column, Form, Line, Side

_LISTS = ("function", "economic", "unit", "project")


def arranged(
    form: Form, chance: random.Random, *, is_shuffled: bool, is_inherited: bool, is_total_last: bool
) -> Form:
    """A form with its columns in another order, its leaves alone, or its total in the last row."""
    sides = list(form.sides)
    if len(sides) == 1:
        (side,) = sides
        if is_inherited and side.kind in ("function", "economic"):
            side = leaves_alone(side)
        if is_shuffled:
            side = shuffled(side, chance)
        if is_total_last and side.kind in _LISTS:
            side = total_last(side)
        sides = [side]
    return replace(form, sides=tuple(sides))


def leaves_alone(side: Side) -> Side:
    """Only the total and the lines below which there is none, each a part of the total."""
    above = {line.parent[1] for line in side.lines if line.parent is not None}
    kept = [
        replace(line, parent=(0, 0)) if line.level else line
        for number, line in enumerate(side.lines)
        if not line.level or number not in above
    ]
    return replace(side, lines=tuple(kept))


def total_last(side: Side) -> Side:
    """The total in the last row."""
    last = len(side.lines) - 1
    moved = [
        replace(line, parent=None if line.parent is None else (0, (line.parent[1] - 1) % (last + 1)))
        for line in (*side.lines[1:], side.lines[0])
    ]
    return replace(side, lines=tuple(moved))


def shuffled(side: Side, chance: random.Random) -> Side:
    """The groups of columns in another order; the first stays first, and so does a subtotal in its group."""
    groups: list[list[int]] = []
    for number, column in enumerate(side.columns):
        is_same = groups and len(column.path) > 1 and side.columns[groups[-1][0]].path[:1] == column.path[:1]
        if is_same:
            groups[-1].append(number)
        else:
            groups.append([number])
    rest = groups[1:]
    chance.shuffle(rest)
    order = groups[0] + [number for group in rest for number in group]
    place = {old: new for new, old in enumerate(order)}

    def moved(column: Column) -> Column:
        of = None if column.of is None else (place[column.of[0]], place[column.of[1]])
        return replace(column, parts=tuple(place[part] for part in column.parts), of=of)

    def moved_line(line: Line) -> Line:
        return replace(line, texts={place[number]: text for number, text in line.texts.items()})

    return replace(
        side,
        columns=tuple(moved(side.columns[number]) for number in order),
        lines=tuple(map(moved_line, side.lines)),
    )
