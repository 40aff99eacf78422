"""Forms cut in width whose second half names the rows again: its columns belong to the rows of the first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.forms.collector import Collector
from extract.printed import PrintedLine


def join_halves(collector: Collector, tables: Sequence[Sequence[int]]) -> None:
    """Move the columns of a table beside those of the table before, where both have the same rows.

    ``tables`` are the sides (numbers) of each table of the form, in printed order. Rows are the same where
    each has the code and the label of its counterpart; a table with the same headings is another one, say of
    another year, and stays.
    """
    moved: dict[int, int] = {}
    for before, after in pairwise(tables):
        if len(before) == len(after) == 1:
            first = moved.get(before[0], before[0])
            if _are_halves(collector, first, after[0]):
                _move(collector, first, after[0])
                moved[after[0]] = first


def _are_halves(collector: Collector, first: int, second: int) -> bool:
    paths = [
        {column.column_path for column in collector.columns if column.side_no == side}
        for side in (first, second)
    ]
    rows = [[_row(line) for line in _lines(collector, side)] for side in (first, second)]
    is_named = any(name for row in rows[0] for name in row)
    return bool(paths[1]) and not paths[0] & paths[1] and rows[0] == rows[1] and is_named


def _row(line: PrintedLine) -> tuple[str | None, ...]:
    return line.code, line.label_plain, line.economic_code_government


def _lines(collector: Collector, side: int) -> list[PrintedLine]:
    return [line for line in collector.lines if line.side_no == side]


def _move(collector: Collector, first: int, second: int) -> None:
    """Give the rows of the first side what the second prints, in columns right of its own."""
    own = [column for column in collector.columns if column.side_no == first]
    offset = max(column.col_no for column in own) + 1
    counterpart = {
        there.line_id: here.line_id
        for here, there in zip(_lines(collector, first), _lines(collector, second), strict=True)
    }
    joined = [
        replace(column, side_no=first, col_no=column.col_no + offset)
        for column in collector.columns
        if column.side_no == second
    ]
    others = [column for column in collector.columns if column.side_no not in (first, second)]
    collector.columns[:] = sorted([*own, *joined, *others], key=lambda column: column.side_no)
    collector.amounts[:] = [
        replace(amount, line_id=counterpart[amount.line_id], col_no=amount.col_no + offset)
        if amount.line_id in counterpart
        else amount
        for amount in collector.amounts
    ]
    collector.lines[:] = [line for line in collector.lines if line.side_no != second]
