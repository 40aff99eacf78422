"""行次, 栏次 and 序号: the numbers of rows and columns, which are never money in any form they take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.blocks import Row
from extract.folding import fold, fold_number
from extract.numerals import is_dash, is_ordinal

_WORDS = frozenset({"栏次", "行次", "序号", "项目", "类", "款", "项", "栏", "次"})
# of columns that hold no figures: 栏次 甲 乙 1 2 3, ** ** 1 2 3
_LETTERS = re.compile(r"[甲乙丙丁戊己庚辛]|[A-H]|[*#×]{1,3}|[xX]{1,2}")
_NUMBER = re.compile(r"[(\[]?(\d{1,3})[)\]]?栏?(?:[=:].*)?")
_FORMULA = re.compile(r"[(\[]?\d{1,3}[)\]]?=[\d+\-*/()]+")
_FEWEST_NUMBERS = 2
_FEWEST_FROM_ELSEWHERE = 3  # numbers of a row that does not begin with 1 and has no word that says it
_FEWEST_ROWS = 3
_SHARE_OF_COUNTING = 0.8


def is_column_numbers(row: Row) -> bool:
    """Whether a row under a header numbers the columns: ``栏次 | 1 | 2 | 3``, with or without the word.

    The numbers go up by one, or begin again at 1 in the next of the tables side by side; a cell may say how
    its column is computed (``1=2+3``). Nothing else stands in the row but 类, 款, 项, letters and dashes.
    """
    words = [fold(part) for cell in row if cell.text and not is_dash(cell.text) for part in _parts(cell.text)]
    others = [word for word in words if not _NUMBER.fullmatch(word)]
    numbers = [int(match.group(1)) for word in words if (match := _NUMBER.fullmatch(word))]
    if not numbers or not all(word in _WORDS or _LETTERS.fullmatch(word) for word in others):
        return False
    if not _counts_up(numbers, begins_again=True):
        return False
    has_word = "栏次" in "".join(others) or any(_LETTERS.fullmatch(word) for word in others)
    is_said = has_word or any(_FORMULA.fullmatch(word) for word in words)
    if is_said:
        return True
    fewest = _FEWEST_NUMBERS if numbers[0] == 1 else _FEWEST_FROM_ELSEWHERE
    return not set(others) - {"类", "款", "项", "行次"} and len(numbers) >= fewest


def _parts(text: str) -> list[str]:
    """The numbers of several columns in one cell, each by itself: ``1 2 3 4``."""
    parts = text.split()
    return parts if len(parts) > 1 and all(part.isdigit() for part in parts) else [text]


def goes_on_numbering(row: Row, before: Sequence[str]) -> bool:
    """Whether a row of nothing but small whole numbers goes on where the numbers of the columns ended."""
    ends = [int(fold_number(text)) for text in before if is_ordinal(text)]
    printed = [cell.text for cell in row if cell.text]
    if not ends or len(printed) < _FEWEST_NUMBERS or not all(map(is_ordinal, printed)):
        return False
    return [int(fold_number(text)) for text in printed] == [
        ends[-1] + step for step in range(1, len(printed) + 1)
    ]


def has_number_word(row: Row) -> bool:
    """Whether a row names itself the row of column numbers (栏次)."""
    return any("栏" in cell.text and "栏次" in fold(cell.text) for cell in row)


def count_rows(texts: Sequence[str]) -> bool:
    """Whether the cells of a column, from top to bottom, are the numbers of its rows.

    They are small whole numbers that go up by one, from wherever the page begins; a few may be missing.
    """
    numbers = [int(fold_number(text)) for text in texts if is_ordinal(text)]
    if len(numbers) < _FEWEST_ROWS or len(numbers) < len([text for text in texts if text]):
        return False
    steps = [second - first for first, second in pairwise(numbers)]
    return min(steps) > 0 and sum(step == 1 for step in steps) >= _SHARE_OF_COUNTING * len(steps)


def _counts_up(numbers: Iterable[int], *, begins_again: bool) -> bool:
    before: int | None = None
    for number in numbers:
        if before is not None and number != before + 1 and not (begins_again and number == 1):
            return False
        before = number
    return True
