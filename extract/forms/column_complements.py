"""What the one column is whose words nobody knows, beside others that are a closed set but for one.

Spending is basic or for projects, or one of three kinds that only units have; basic spending is for persons
or for operating. Where all parts of a total but one are named, and a set of them lacks one, that is what the
part is. The rows must prove that they are the parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.column_sets import ColumnSet
from extract.printed import PrintedColumn

_FEWEST_PARTS = 2


def with_complements(
    side: Sequence[PrintedColumn], sets: Sequence[ColumnSet], stage: str | None
) -> list[PrintedColumn]:
    """Name the one unnamed part of each total on a side, where exactly one set tells what it is."""
    named: dict[int, PrintedColumn] = {}
    for whole in {column.part_of_col for column in side} - {None}:
        parts = [column for column in side if column.part_of_col == whole]
        for says in ("measure", "fund"):
            those = [each for each in sets if each.says == says and each.stage in (None, stage)]
            found = _complement(parts, says, those)
            if found is not None:
                named[found.col_no] = found
    return [named.get(column.col_no, column) for column in side]


def _complement(parts: Sequence[PrintedColumn], says: str, sets: Sequence[ColumnSet]) -> PrintedColumn | None:
    is_of_sources = says == "fund"
    values = [part.fund if is_of_sources else part.measure for part in parts]
    unnamed = [part for part, value in zip(parts, values, strict=True) if value is None]
    known = {value for value in values if value is not None}
    if len(parts) < _FEWEST_PARTS or len(unnamed) != 1 or len(known) != len(parts) - 1:
        return None
    missing = {min(each.values - known) for each in sets if _lacks_one(each.values, known)}
    if len(missing) != 1:
        return None
    (value,) = missing
    if is_of_sources:
        return replace(unnamed[0], fund=value, measure=unnamed[0].measure or "total", is_fund_open=False)
    return replace(unnamed[0], measure=value)


def _lacks_one(values: frozenset[str], known: set[str]) -> bool:
    return len(values - known) == 1 and known <= values
