"""Headings that head a whole table, and so tell no column from another."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile

from extract.forms.headers import ColumnSpec
from extract.forms.sides import Side
from extract.vocabulary import Vocabulary

_THREE_PUBLIC_ITEMS = frozenset(
    {"overseas_travel", "official_reception", "official_vehicles", "vehicle_purchase", "vehicle_operation"}
)


def without_table_headings(
    columns: Sequence[ColumnSpec], sides: Sequence[Side], form_key: str | None, vocabulary: Vocabulary
) -> tuple[ColumnSpec, ...]:
    """Take the measure of a column from the headings that are its own.

    A heading over names and figures alike (本年收入 over 项目 and 预算数) says what the table is of. So does
    a kind of spending over every figure of a table (基本支出 over 合计 and 人员经费): beneath it, 合计 is the
    total of that table. Of columns that are all parts of the three public expenses, it is those.
    """
    found = {column.index: column for column in columns}
    for side in sides:
        named = {path[:length] for path in _name_paths(side) for length in range(1, len(path) + 1)}
        over_all = _shared_by_all([column.path for column in side.amounts])
        for column in side.amounts:
            own = _own_path(column, named, over_all, vocabulary)
            if own != column.path and column.meaning and column.meaning.measure:
                meaning = vocabulary.header(form_key, own)
                measure = meaning.measure if meaning else column.meaning.measure
                found[column.index] = replace(column, meaning=column.meaning._replace(measure=measure))
    return tuple(_three_public_total([found[column.index] for column in columns]))


def _name_paths(side: Side) -> list[tuple[str, ...]]:
    return [column.path for column in (*side.labels, *side.codes)]


def _own_path(
    column: ColumnSpec, named: Collection[tuple[str, ...]], over_all: int, vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The lower parts of a path, without what stands over the whole table; at least one part.

    ``named`` are the tops of paths that stand over names, ``over_all`` how many parts all figures share.
    """
    tops = range(1, len(column.path) + 1)
    shared = max((length for length in tops if column.path[:length] in named), default=0)
    if vocabulary.words.says_a_kind(column.path[:over_all]):
        shared = max(shared, over_all)
    return column.path[min(shared, len(column.path) - 1) :]


def _shared_by_all(paths: Sequence[tuple[str, ...]]) -> int:
    """How many parts all of several paths share from the top: what the first and the last in order share."""
    if len(paths) < 2:
        return 0
    first, last = min(paths), max(paths)
    return sum(1 for _ in takewhile(lambda parts: parts[0] == parts[1], zip(first, last, strict=False)))


def _three_public_total(columns: Sequence[ColumnSpec]) -> list[ColumnSpec]:
    amounts = [column.meaning for column in columns if column.role == "amount" and column.meaning]
    measures = {meaning.measure for meaning in amounts}
    if not measures & _THREE_PUBLIC_ITEMS or measures - _THREE_PUBLIC_ITEMS - {"total"}:
        return list(columns)
    return [
        replace(column, meaning=column.meaning._replace(measure="three_public"))
        if column.meaning and column.role == "amount" and column.meaning.measure == "total"
        else column
        for column in columns
    ]
