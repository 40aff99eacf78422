"""What the rows of a form print, as whole numbers that can be added up before any unit is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from extract.folding import fold_number
from extract.printed import PrintedAmount

_NUMBER = re.compile(r"(\()?([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,6}))?)\)?")
_SCALE = 6


class Figure(NamedTuple):
    """A printed figure, and the worth of its last digit; both in millionths of the printed unit."""

    value: int
    last_digit: int


NOTHING = Figure(0, 0)

RowOfFigures = Mapping[int, Figure]
"""What is printed in one row, by number of the column; what is blank or no number is not in it."""


def figures_by_line(amounts: Iterable[PrintedAmount]) -> dict[str, dict[int, Figure]]:
    """The figures of a form by the id of their row."""
    by_line: dict[str, dict[int, Figure]] = {}
    for amount in amounts:
        figure = _figure(amount.amount_text)
        if figure is not None:
            by_line.setdefault(amount.line_id, {})[amount.col_no] = figure
    return by_line


def _figure(text: str) -> Figure | None:
    match = _NUMBER.fullmatch(fold_number(text))
    if match is None:
        return None
    value = int(Decimal(match.group(2).replace(",", "")).scaleb(_SCALE))
    return Figure(-value if match.group(1) else value, 10 ** (_SCALE - len(match.group(3) or "")))
