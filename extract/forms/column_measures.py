"""What columns say that no word of their headers tells: by their form, and by what stands beside them.

A heading over all amounts of a table says the same of each. All of a list of revenue is revenue in total. A
total of nothing but the three public expenses is of these three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from extract.forms.column_complements import with_complements
from extract.forms.printed_figures import RowOfFigures
from extract.printed import PrintedColumn, PrintedLine
from extract.vocabulary import Vocabulary

_THREE = frozenset({"overseas_travel", "official_reception", "official_vehicles"})
_PARTS_OF_THREE = frozenset({"vehicle_purchase", "vehicle_operation"})
_OF_TOTALS = ("_revenue", "_summary")  # forms in which every amount is of all that its row names
_FIGURE = (None, "figure")


def with_measures(
    columns: Sequence[PrintedColumn],
    lines: Sequence[PrintedLine],
    figures: Mapping[str, RowOfFigures],
    form_key: str | None,
    vocabulary: Vocabulary,
) -> list[PrintedColumn]:
    """Give columns the measure that their form and their neighbours tell; ``figures`` are by row."""
    found: list[PrintedColumn] = []
    form_type = vocabulary.forms.get(form_key or "")
    for side_no, group in groupby(columns, key=lambda column: column.side_no):
        side = _under_unknown_headings(list(group), form_key, vocabulary)
        if form_key is not None and form_key.endswith(_OF_TOTALS):
            side = _all_total(side, vocabulary.kinds, is_summary=form_key.endswith("_summary"))
        elif form_key is not None and form_key.endswith("_three_public"):
            rows = [
                figures[line.line_id] for line in lines if line.side_no == side_no and line.line_id in figures
            ]
            side = [_of_three(column, side, rows) for column in side]
        side = with_complements(side, vocabulary.column_sets, form_type.stage if form_type else None)
        found.extend(_whole_of_parts(side, vocabulary.kinds))
    return found


def _under_unknown_headings(
    side: Sequence[PrintedColumn], form_key: str | None, vocabulary: Vocabulary
) -> list[PrintedColumn]:
    """Read again what stands under an unknown heading: over all of a table, or over a whole and kinds.

    去向/合计 is a total whatever 去向 is, where it stands over all. Over some columns it may name a source of
    money: what kinds of spending are below it is told, not whose they are.
    """
    groups: list[list[PrintedColumn]] = [
        list(group) for _, group in groupby(side, key=lambda column: column.column_path.split("/")[0])
    ]
    if len(side) > 1 and len(groups) == 1:
        return _below_heading(groups[0], form_key, vocabulary)
    return [column for group in groups for column in _kinds_below(group, form_key, vocabulary)]


def _kinds_below(
    group: Sequence[PrintedColumn], form_key: str | None, vocabulary: Vocabulary
) -> list[PrintedColumn]:
    """The columns under one heading of some: a total and kinds of spending that are its parts."""
    if any(column.measure or column.fund for column in group):
        return list(group)
    read = _below_heading(group, form_key, vocabulary)
    measures = {column.measure for column in read}
    is_of_kinds = "total" in measures and measures - {"total"} <= vocabulary.kinds
    has_parts = any(column.part_of_col in {other.col_no for other in group} for column in group)
    if len(measures) < 2 or not is_of_kinds or not has_parts:
        return list(group)
    return [replace(column, fund=None, is_fund_open=True) for column in read]


def _below_heading(
    side: Sequence[PrintedColumn], form_key: str | None, vocabulary: Vocabulary
) -> list[PrintedColumn]:
    """What columns say without the heading over all of them, where that kept them from being understood."""
    paths = [tuple(column.column_path.split("/")) for column in side]
    if any(len(path) < 2 for path in paths):
        return list(side)
    read = [vocabulary.header(form_key, path[1:]) for path in paths]
    return [
        column
        if column.measure or column.fund or meaning is None or meaning.role != "amount"
        else replace(
            column,
            measure=meaning.measure,
            fund=meaning.fund,
            budget_version=column.budget_version or meaning.budget_version,
            column_year=column.column_year or meaning.year,
        )
        for column, meaning in zip(side, read, strict=True)
    ]


def _all_total(
    side: Sequence[PrintedColumn], kinds: frozenset[str], *, is_summary: bool
) -> list[PrintedColumn]:
    """All columns of a list of revenue, or of a summary that parts nothing by kind, are of the total.

    The source of one whose header is unknown stays open, unless it is of all of its side: it has parts and is
    none, or is the only one of its version in a summary.
    """
    if any(column.measure in kinds for column in side):
        return list(side)
    wholes = {column.part_of_col for column in side}

    def is_of_all(column: PrintedColumn) -> bool:
        others = [other for other in side if other is not column and _may_be_of_one_version(column, other)]
        has_parts = column.col_no in wholes and column.part_of_col is None
        return has_parts or (is_summary and not others)

    return [
        replace(column, measure="total", is_fund_open=column.fund is None and not is_of_all(column))
        if column.measure is None and column.nature in _FIGURE
        else column
        for column in side
    ]


def _of_three(
    column: PrintedColumn, side: Sequence[PrintedColumn], rows: Sequence[RowOfFigures]
) -> PrintedColumn:
    """A total over the three public expenses alone, or one that is their sum, not that of all beside them."""
    if column.measure not in (None, "total") or column.nature not in _FIGURE:
        return column
    alike = [other for other in side if other is not column and _is_of_one_version(column, other)]
    measures = {other.measure for other in alike}
    three = [other.col_no for other in alike if other.measure in _THREE]
    others = [other.col_no for other in alike if other.measure not in (_THREE | _PARTS_OF_THREE)]
    if len(three) != len(_THREE) or not measures >= _THREE:
        return column
    is_theirs = not others and column.measure == "total"
    for row in rows:
        if column.col_no not in row or not row[column.col_no].value:
            continue
        rest = row[column.col_no].value - _sum(three, row)
        if rest and abs(rest) > row[column.col_no].last_digit:
            return column
        is_theirs = is_theirs or (bool(_sum(others, row)) and bool(_sum(three, row)))
    return replace(column, measure="three_public") if is_theirs else column


def _sum(columns: Sequence[int], row: RowOfFigures) -> int:
    return sum(row[column].value for column in columns if column in row)


def _is_of_one_version(one: PrintedColumn, other: PrintedColumn) -> bool:
    return (one.budget_version, one.column_year, one.nature) == (
        other.budget_version, other.column_year, other.nature,
    )  # fmt: skip


def _may_be_of_one_version(one: PrintedColumn, other: PrintedColumn) -> bool:
    """The same where one alone names its version: names of money hold those of versions (一般预算补助款)."""
    is_said_once = None in (one.budget_version, other.budget_version) and one.column_year == other.column_year
    return _is_of_one_version(one, other) or (is_said_once and one.nature == other.nature)


def _whole_of_parts(side: Sequence[PrintedColumn], kinds: frozenset[str]) -> list[PrintedColumn]:
    """A column that others add up to, and that is part of none, is the total of these kinds of spending."""
    parts = {
        column.col_no: [other for other in side if other.part_of_col == column.col_no] for column in side
    }
    return [
        replace(column, measure="total")
        if column.measure is None
        and column.nature in _FIGURE
        and column.part_of_col is None
        and _part_spending(parts[column.col_no], kinds)
        else column
        for column in side
    ]


def _part_spending(parts: Sequence[PrintedColumn], kinds: frozenset[str]) -> bool:
    """Whether columns part spending by kind, as far as they are understood."""
    return any(part.measure in kinds for part in parts) and all(
        part.measure in kinds or part.measure is None for part in parts
    )
