"""Numbers of rows and columns (行次, 栏次): they stand among the figures and are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tests.benchmarks.lottery.grid import Matrix
from tests.benchmarks.lottery.labels import Labels

_MOST_IN_A_FORMULA = 4


class Sided(NamedTuple):
    """Where the columns of a side are: labels, row numbers if any, figures, and the column after."""

    first: int
    labels: Labels
    line_no: int | None
    amounts: int
    end: int
    parts: tuple[tuple[int, ...], ...]  # of each column of figures, the columns that add up to it


def column_numbers(matrix: Matrix, row: int, sides: Sequence[Sided], way: str) -> int:
    """Write a row of column numbers in one of the ways (栏次 or not). Gives the row below."""
    amounts = sum(side.end - side.amounts for side in sides)
    if way == "none" or amounts < 2:
        return row
    number = 1
    for side_no, side in enumerate(sides):
        width = len(side.labels.paths)
        is_again = way in ("each_side", "with_codes") or side.line_no is not None
        if width and (side_no == 0 or is_again):
            _word(matrix, row, side.first, width, side.labels, way)
        if side.line_no is not None and way == "merged":
            matrix.put(row, side.line_no, "—")
        for column, parts in enumerate(side.parts):
            text = str(number + column)
            if way == "formula" and 0 < len(parts) <= _MOST_IN_A_FORMULA:
                text += "=" + "+".join(str(number + part) for part in parts)
            matrix.put(row, side.amounts + column, text)
        number += len(side.parts)
    return row + 1


def _word(matrix: Matrix, row: int, first: int, width: int, labels: Labels, way: str) -> None:
    """The word 栏次 in the label columns of a side, or what stands in its place."""
    if way == "with_codes" and labels.split:
        for level, text in enumerate(("类", "款", "项")[: labels.split]):
            matrix.put(row, first + level, text)
        matrix.put(row, first + width - 1, "栏次")
    elif way in ("merged", "each_side", "with_codes", "formula"):
        matrix.put(row, first, "栏次", 1, width)
    elif way == "first":
        matrix.put(row, 0 if first == 1 else first, "栏 次")  # also in the column of serial numbers
    elif way == "last":
        matrix.put(row, first + width - 1, "栏次")
    elif way == "letters":
        for column, text in zip(range(width), "甲乙丙丁", strict=False):
            matrix.put(row, first + column, text)


def line_numbers(matrix: Matrix, header: int, columns: Sequence[int | None], way: str) -> None:
    """Write the numbers of rows: running on from one side to the next, or from 1 in each, or far left."""
    rows = range(header, matrix.height)
    if way == "serial":
        for number, row in enumerate(rows, start=1):
            matrix.put(row, 0, str(number))
        return
    number = 0
    for column in columns:
        if column is None:
            continue
        if way != "running":
            number = 0
        for row in rows:
            number += 1
            matrix.put(row, column, str(number))
