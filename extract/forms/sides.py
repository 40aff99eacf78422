"""Tables that stand side by side in one grid: each has its labels, its codes and its amounts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.forms.headers import CODE_ROLES, ColumnSpec

_SIDE_OF_CODE = {
    "function_code": "function",
    "economic_code": "economic",
    "government_economic_code": "economic_government",
    "unit_code": "unit",
}
_YEAR_WORDS = {"previous": "上年", "current": "本年"}


@dataclass(slots=True)
class Side:
    """One of the tables that stand side by side in a grid: label columns, codes and amounts."""

    number: int
    key: str = ""
    labels: list[ColumnSpec] = field(default_factory=list)
    codes: list[ColumnSpec] = field(default_factory=list)
    government_codes: list[int] = field(default_factory=list)  # one, or 类 and 款 beside each other
    detail: int | None = None
    descriptors: list[int] = field(default_factory=list)  # columns that may carry a label in a total row
    amounts: list[ColumnSpec] = field(default_factory=list)
    row_label: str | None = None  # what the header says that the rows are, where they print no label

    @property
    def label(self) -> int | None:
        """The first label column."""
        return self.labels[0].index if self.labels else None

    @property
    def names_rows(self) -> bool:
        """Whether any column could name the rows of this side."""
        return bool(self.labels or self.codes or self.descriptors or self.row_label)


def split_sides(columns: Sequence[ColumnSpec]) -> tuple[Side, ...]:
    """Group columns into tables: a label after amounts begins a new one, and takes the codes before it.

    Where the header itself says what the rows are (预算数 and 决算数 as columns), the columns that say the
    same are a table of their own, whose rows are so called.
    """
    if not any(column.role == "label" or column.role in CODE_ROLES for column in columns):
        named = _named_by_header(columns)
        if named:
            return named
    done: list[Side] = []
    side = Side(0)
    for column in columns:
        role = column.role
        if side.amounts and (role == "label" or role in CODE_ROLES):
            done.append(side)
            side = Side(len(done))
        _add(column, side)
    done.append(side)
    return tuple(_with_key(each) for each in done if each.amounts)


def _add(column: ColumnSpec, side: Side) -> None:
    role = column.role
    side_key = column.meaning.side_key if column.meaning else None
    if role == "government_economic_code":
        side.government_codes.append(column.index)
        side.descriptors.append(column.index)
    elif role in CODE_ROLES:
        side.codes.append(column)
        side.descriptors.append(column.index)
    elif role == "label" and side.labels and (side.codes or side.government_codes):
        side.descriptors.append(column.index)  # the name of a second code
    elif role == "label":
        side.key = side.key if side.labels else side_key or side.key
        side.labels.append(column)
    elif role == "detail" and side.detail is None:
        side.detail = column.index
    elif role in ("government_label", "text"):
        side.descriptors.append(column.index)
        if column.is_beside and side.detail is None:
            side.detail = column.index
    elif role == "amount":
        side.amounts.append(column)


def _named_by_header(columns: Sequence[ColumnSpec]) -> tuple[Side, ...]:
    """Give the sides that the header names by a version of the budget, and one of what it leaves unnamed."""
    amounts = [column for column in columns if column.role == "amount" and column.meaning]
    years = {column.meaning.year for column in amounts if column.meaning and column.meaning.row_label}
    names = [_name(column, has_years=len(years) > 1) for column in amounts]
    if not any(names):
        return ()
    return tuple(
        Side(
            number,
            key="period",
            amounts=[column for column, own in zip(amounts, names, strict=True) if own == name],
            row_label=name,
        )
        for number, name in enumerate(dict.fromkeys(names))
    )


def _name(column: ColumnSpec, *, has_years: bool) -> str | None:
    meaning = column.meaning
    if meaning is None or meaning.row_label is None:
        return None
    if not has_years or meaning.year is None:
        return meaning.row_label
    return f"{_YEAR_WORDS.get(meaning.year, f'{meaning.year}年')}{meaning.row_label}"


def _with_key(side: Side) -> Side:
    if not side.key:
        codes: Iterable[str | None] = (code.role for code in side.codes)
        side.key = next((_SIDE_OF_CODE[role] for role in codes if role in _SIDE_OF_CODE), "item")
    return side
