"""Which column says what: header rows, the path of each column, and side-by-side tables in one grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.blocks import Row
from extract.folding import fold
from extract.numerals import is_numeric_cell
from extract.vocabulary import HeaderMeaning, Vocabulary, without_year

CODE_ROLES = frozenset({"function_code", "economic_code", "unit_code"})
_NAMES_ROWS = CODE_ROLES | {"label"}
_SIDE_OF_CODE = {"function_code": "function", "economic_code": "economic", "unit_code": "unit"}
_FEWEST_KNOWN = 0.5  # share of a row's words the vocabulary must know for the row to be a header
_MOST_UNKNOWN_HEADER_ROWS = 3


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One grid column: header texts from top to bottom, and what they mean (None when not understood)."""

    index: int
    path: tuple[str, ...]
    meaning: HeaderMeaning | None

    @property
    def role(self) -> str | None:
        """Role of the column, or None when its header is unknown."""
        return self.meaning.role if self.meaning else None


@dataclass(slots=True)
class Side:
    """One of the tables that stand side by side in a grid: a label column, its codes and its amounts."""

    number: int
    key: str = ""
    label: int | None = None
    codes: list[ColumnSpec] = field(default_factory=list)
    government_code: int | None = None
    detail: int | None = None
    descriptors: list[int] = field(default_factory=list)  # columns that may carry a label in a total row
    amounts: list[ColumnSpec] = field(default_factory=list)
    row_label: str | None = None  # what the header says that the rows are, where they print no label


def split_header(
    rows: Sequence[Row], vocabulary: Vocabulary, form_key: str | None = None
) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Split rows into header rows and body rows, by what the vocabulary knows.

    A row that prints only the unit of money or the form's number is no part of either. Blank rows within a
    header are left out. A last header row can share its line with the total (类 | 款 | 项
    beside 合计 and its figures); it is split in two.
    """
    header: list[Row] = []
    for position, row in enumerate(rows):
        if not header and _is_caption(row, vocabulary):
            continue
        if header and not any(cell.text for cell in row):
            if any(is_header_row(below, vocabulary) for below in rows[position + 1 : position + 2]):
                continue
            return tuple(header), tuple(rows[position:])
        above, below = _take_apart(row, header, vocabulary, form_key)
        if above:
            header.append(above)
        if below:
            return tuple(header), (below, *rows[position + 1 :])
    return tuple(header), ()


def _is_caption(row: Row, vocabulary: Vocabulary) -> bool:
    words = [fold(cell.text) for cell in row if cell.text]
    return len(words) == 1 and any(
        pattern.fullmatch(words[0])
        for kind, pattern in vocabulary.captions
        if kind in ("unit", "printed_number")
    )


def _take_apart(
    row: Row, header: Sequence[Row], vocabulary: Vocabulary, form_key: str | None
) -> tuple[Row, Row]:
    """Give what of a row belongs to the header above it and what to the body; either may be empty."""
    is_total = [_is_total(fold(cell.text), vocabulary) for cell in row]
    columns = resolve_columns(header, form_key, vocabulary)
    names_rows = [index < len(columns) and columns[index].role in _NAMES_ROWS for index in range(len(row))]
    of_body = [
        is_numeric_cell(cell.text) or (total and names)
        for cell, total, names in zip(row, is_total, names_rows, strict=True)
    ]
    above = _only(row, [not body for body in of_body])
    if not header or not any(of_body):
        return (row, ()) if is_header_row(row, vocabulary) else ((), row)
    if any(is_numeric_cell(cell.text) for cell in row):
        columns = resolve_columns([*header, above], form_key, vocabulary)
        roles = {columns[index].role for index, cell in enumerate(above) if cell.text}
        is_shared = bool(roles) and roles <= CODE_ROLES
    else:
        is_shared = is_header_row(above, vocabulary)
    return (above, _only(row, of_body)) if is_shared else ((), row)


def _only(row: Row, wanted: Sequence[bool]) -> Row:
    return tuple(
        cell if is_wanted else cell._replace(text="") for cell, is_wanted in zip(row, wanted, strict=True)
    )


def _is_total(word: str, vocabulary: Vocabulary) -> bool:
    known = vocabulary.row(None, word)
    return known is not None and known.row_kind == "total"


def split_unknown_header(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Split off what must be a header nobody has described: the first rows that hold no number."""
    end = 0
    while end < min(len(rows), _MOST_UNKNOWN_HEADER_ROWS) and not any(
        is_numeric_cell(c.text) for c in rows[end]
    ):
        end += 1
    return tuple(rows[:end]), tuple(rows[end:])


def is_header_row(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row consists of header words. A lone 合计 is a total row, not a header."""
    words = [fold(cell.text) for cell in row if cell.text]
    if not words or any(is_numeric_cell(word) for word in words):
        return False
    if all(_is_total(word, vocabulary) for word in words):
        return False
    known = sum(without_year(word) in vocabulary.header_words for word in words)
    return known >= _FEWEST_KNOWN * len(words)


def resolve_columns(
    header: Sequence[Row], form_key: str | None, vocabulary: Vocabulary
) -> tuple[ColumnSpec, ...]:
    """Give each column its path and meaning.

    A blank header cell belongs to the nearest printed cell on its left when something is printed beneath it:
    that is how a heading over several columns is laid out.
    """
    width = max((len(row) for row in header), default=0)
    words = [
        [without_year(fold(row[i].text)) if i < len(row) else "" for i in range(width)] for row in header
    ]
    for level, row in enumerate(words):
        for index in range(1, width):
            has_lower = any(lower[index] for lower in words[level + 1 :])
            same_parent = all(upper[index] == upper[index - 1] for upper in words[:level])
            if not row[index] and has_lower and same_parent:
                row[index] = row[index - 1]
    paths = [tuple(row[index] for row in words if row[index]) for index in range(width)]
    return tuple(
        ColumnSpec(index, path, vocabulary.header(form_key, path) if path else None)
        for index, path in enumerate(paths)
    )


def split_sides(columns: Sequence[ColumnSpec]) -> tuple[Side, ...]:
    """Group columns into tables: a label after amounts begins a new one, and takes the codes before it.

    Where the header itself says what the rows are (预算数 and 决算数 as columns), the columns that say the
    same are a table of their own, whose rows are so called.
    """
    meanings = [column.meaning for column in columns if column.meaning]
    named = {meaning.row_label: None for meaning in meanings if meaning.row_label}
    if named and not any(meaning.role == "label" for meaning in meanings):
        return tuple(_named_by_header(number, label, columns) for number, label in enumerate(named))
    done: list[Side] = []
    side = Side(0)
    for column in columns:
        role = column.role
        begins_anew = role == "label" or role in CODE_ROLES
        if begins_anew and side.amounts:
            done.append(side)
            side = Side(len(done))
        if role in CODE_ROLES:
            side.codes.append(column)
            side.descriptors.append(column.index)
        elif role == "label" and side.label is None:
            side.label = column.index
            side.key = (column.meaning.side_key if column.meaning else None) or side.key
        elif role == "government_economic_code":
            side.government_code = column.index
            side.descriptors.append(column.index)
        elif role == "detail" and side.detail is None:
            side.detail = column.index
        elif role in ("government_label", "text", "label"):
            side.descriptors.append(column.index)
        elif role == "amount":
            side.amounts.append(column)
    done.append(side)
    return tuple(_with_key(each) for each in done if each.amounts)


def _named_by_header(number: int, row_label: str | None, columns: Sequence[ColumnSpec]) -> Side:
    amounts = [column for column in columns if column.meaning and column.meaning.row_label == row_label]
    return Side(number, key="period", amounts=amounts, row_label=row_label)


def _with_key(side: Side) -> Side:
    if not side.key:
        side.key = next((_SIDE_OF_CODE[code.role] for code in side.codes if code.role), "item")
    return side
