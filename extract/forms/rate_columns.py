"""Rates told by their arithmetic: a column that says, row after row, how two others compare."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import permutations

from extract.folding import fold_number

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_FEWEST_ROWS = 3
_MOST_COLUMNS = 12  # beside each other; a wider table compares more than one could tell apart
_HUNDRED = Decimal(100)


def are_rates(cells: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Whether figures under an unknown heading are 100 × (a − b) / b, or 100 × a / b, of two other columns.

    ``cells`` and each of ``columns`` hold the printed texts of one column, row by row. Every row that prints
    all three must agree within the last printed digit, cut off or rounded, and at least three rows must.
    """
    printed = [(row, figure) for row, text in enumerate(cells) if (figure := _figure(text)) is not None]
    if len(printed) < _FEWEST_ROWS or all(figure == 0 for _, figure in printed):
        return False
    others = [[*map(_figure, column)] for column in columns if column is not cells]
    others = [each for each in others if sum(figure is not None for figure in each) >= _FEWEST_ROWS]
    if len(others) > _MOST_COLUMNS:
        return False
    return any(
        _compare(printed, over, under, taken_off)
        for over, under in permutations(others, 2)
        for taken_off in (1, 0)
    )


def _compare(
    printed: Sequence[tuple[int, Decimal]],
    over: Sequence[Decimal | None],
    under: Sequence[Decimal | None],
    taken_off: int,
) -> bool:
    agreeing = 0
    for row, rate in printed:
        above, below = over[row], under[row]
        if above is None or not below:
            continue
        step = Decimal(1).scaleb(int(rate.as_tuple().exponent))
        if abs(_HUNDRED * (above / below - taken_off) - rate) > step:
            return False
        agreeing += rate not in (0, _HUNDRED)  # which much else would give as well
    return agreeing >= _FEWEST_ROWS


def _figure(text: str) -> Decimal | None:
    plain = fold_number(text).replace(",", "").rstrip("%")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None
