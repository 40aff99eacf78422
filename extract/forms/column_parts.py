"""Which columns of a table are parts of which: told by its own figures, row for row.

Headers name parts in words that no vocabulary holds in full; that 合计 is the sum of what stands after it,
its rows say themselves. One row may add up by chance, and so may many in which all but one part are nothing:
only different rows prove it, and only if together they have money in several parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from extract.forms.printed_figures import NOTHING, RowOfFigures
from extract.printed import PrintedColumn, PrintedLine

_FEWEST_PROOFS = 2
_FEWEST_PROOFS_OF_A_BREAK = 4  # rows that hold and differ, before one that does not counts as a slip
_MOST_BROKEN = 0.1  # of the rows that add up


@dataclass(frozen=True, slots=True)
class _Sum:
    """Columns that may be the parts of one: in how many rows they are, and in how many they are not."""

    parts: tuple[int, ...]
    proofs: int
    broken: int

    @property
    def is_proven(self) -> bool:
        """Whether enough different rows add up, and hardly any does not."""
        if self.broken:
            return self.proofs >= _FEWEST_PROOFS_OF_A_BREAK and self.broken <= max(
                1, _MOST_BROKEN * self.proofs
            )
        return self.proofs >= _FEWEST_PROOFS


def with_parts(
    columns: Sequence[PrintedColumn],
    lines: Iterable[PrintedLine],
    figures: Mapping[str, RowOfFigures],
) -> list[PrintedColumn]:
    """Say of each column which one on its side it is a part of (``part_of_col``), if the rows prove it.

    ``figures`` are those of each row, by its id.
    """
    rows: dict[int, list[RowOfFigures]] = {}
    for line in lines:
        if line.line_id in figures:
            rows.setdefault(line.side_no, []).append(figures[line.line_id])
    found: list[PrintedColumn] = []
    for side_no, group in groupby(columns, key=lambda column: column.side_no):
        side = list(group)
        whole_of = _wholes(side, rows.get(side_no, []))
        found.extend(replace(column, part_of_col=whole_of.get(column.col_no)) for column in side)
    return found


def _wholes(side: Sequence[PrintedColumn], rows: Sequence[RowOfFigures]) -> dict[int, int]:
    """By column, the one it is a part of; what has parts of its own counts as one part."""
    whole_of: dict[int, int] = {}
    end = list(range(len(side)))  # of what a column and its parts take up
    for place in reversed(range(len(side))):
        best = _best(_sums_after(place, side, rows, end))
        if best is not None:
            whole_of |= {side[part].col_no: side[place].col_no for part in best.parts}
            end[place] = end[best.parts[-1]]
    for place, column in enumerate(side):
        if column.col_no in whole_of.values() or place < _FEWEST_PROOFS:
            continue
        free = [part for part in range(place) if side[part].col_no not in whole_of]
        best = _best(_sums_before(place, free, side, rows))
        if best is not None:
            whole_of |= {side[part].col_no: column.col_no for part in best.parts}
    return whole_of


def _sums_after(
    place: int, side: Sequence[PrintedColumn], rows: Sequence[RowOfFigures], end: Sequence[int]
) -> Iterable[_Sum]:
    parts: list[int] = []
    part = place + 1
    while part < len(side) and _are_alike(side[place], side[part]):
        parts.append(part)
        part = end[part] + 1
    return _sums(place, parts, side, rows)


def _sums_before(
    place: int, free: Sequence[int], side: Sequence[PrintedColumn], rows: Sequence[RowOfFigures]
) -> Iterable[_Sum]:
    """A total printed last: what stands before it, as far as it belongs to nothing else."""
    parts: list[int] = []
    for part in reversed(free):
        if not _are_alike(side[place], side[part]):
            break
        parts.append(part)
    return _sums(place, parts, side, rows)


def _sums(
    place: int, parts: Sequence[int], side: Sequence[PrintedColumn], rows: Sequence[RowOfFigures]
) -> Iterable[_Sum]:
    """One after the other, the first two parts, the first three …: until they come to more than the whole."""
    whole = side[place].col_no
    asked = [row for row in rows if whole in row]
    left = [row[whole].value for row in asked]
    tolerances = [row[whole].last_digit for row in asked]
    printed: list[list[tuple[int, int]]] = [[] for _ in asked]
    for count, part in enumerate(parts, start=1):
        column = side[part].col_no
        for number, row in enumerate(asked):
            value, digit = row.get(column, NOTHING)
            left[number] -= value
            tolerances[number] += digit
            if value:
                printed[number].append((column, value))
        if count < _FEWEST_PROOFS:
            continue
        holds = [2 * abs(rest) <= tolerance for rest, tolerance in zip(left, tolerances, strict=True)]
        proofs = {tuple(cells) for cells, held in zip(printed, holds, strict=True) if held and cells}
        filled_parts = {column for cells in proofs for column, _ in cells}
        # a row whose parts are all blank states its whole alone
        broken = sum(not held and bool(cells) for held, cells in zip(holds, printed, strict=True))
        is_known = len(filled_parts) > 1 and _accounts_for_all(
            [(row, cells) for row, cells, held in zip(asked, printed, holds, strict=True) if not held],
            filled_parts,
            {side[other].col_no for other in parts[count:]},
        )
        yield _Sum(tuple(parts[:count]), len(proofs) if is_known else 0, broken)
        if all(rest < 0 for rest, row in zip(left, asked, strict=True) if row[whole].value > 0):
            return


def _accounts_for_all(
    broken: Iterable[tuple[RowOfFigures, Sequence[tuple[int, int]]]], proven: set[int], left_out: set[int]
) -> bool:
    """Whether rows that do not add up have money in parts alone that other rows prove."""
    return all(
        {column for column, _ in cells} <= proven
        and not any(figure.value for column, figure in row.items() if column in left_out)
        for row, cells in broken
        if cells
    )


def _best(sums: Iterable[_Sum]) -> _Sum | None:
    """The sum that most rows bear out; of several, the longest: a column of nothing changes none."""
    proven = [each for each in sums if each.is_proven]
    return min(proven, key=lambda each: (each.broken, -each.proofs, -len(each.parts)), default=None)


def _are_alike(whole: PrintedColumn, part: PrintedColumn) -> bool:
    """Whether two columns may be of one sum: not of two versions, two years, or of a change."""
    return all(
        one is None or other is None or one == other
        for one, other in (
            (whole.budget_version, part.budget_version),
            (whole.column_year, part.column_year),
            (whole.nature, part.nature),
        )
    )
