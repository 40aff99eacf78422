"""Numbers of rows and columns (行次, 栏次): they stand among the figures and are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tests.benchmarks.lottery.grid import Matrix
from tests.benchmarks.lottery.labels import Labels


class Sided(NamedTuple):
    """Where the columns of a side are: labels, row numbers if any, figures, and the column after."""

    first: int
    labels: Labels
    line_no: int | None
    amounts: int
    end: int


def column_numbers(matrix: Matrix, row: int, sides: Sequence[Sided], way: str) -> int:
    """Write a row of column numbers in one of the ways (栏次 or not). Gives the row below."""
    amounts = sum(end - first for _, _, _, first, end in sides)
    if way == "none" or amounts < 2:
        return row
    number = 1
    for side_no, (first, labels, line_no, amounts_from, end) in enumerate(sides):
        width = len(labels.paths)
        is_worded = width and (side_no == 0 or way in ("each_side", "with_codes") or line_no is not None)
        if is_worded:
            _word(matrix, row, first, width, labels, way)
        if line_no is not None and way == "merged":
            matrix.put(row, line_no, "—")
        for column in range(amounts_from, end):
            matrix.put(row, column, str(number))
            number += 1
    if sides[0][0]:
        matrix.slots.pop((row, 0), None)
    return row + 1


def _word(matrix: Matrix, row: int, first: int, width: int, labels: Labels, way: str) -> None:
    """The word 栏次 in the label columns of a side, or what stands in its place."""
    if way == "with_codes" and labels.split:
        for level, text in enumerate(("类", "款", "项")[: labels.split]):
            matrix.put(row, first + level, text)
        matrix.put(row, first + width - 1, "栏次")
    elif way in ("merged", "each_side", "with_codes"):
        matrix.put(row, first, "栏次", 1, width)
    elif way == "first":
        matrix.put(row, first, "栏 次")
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
