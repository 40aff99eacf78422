"""Rows whose fields slid sideways: put back where there is only one way, else left for the rejects."""

from __future__ import annotations

from collections.abc import Sequence

from extract.blocks import Cell, Row
from extract.folding import fold_number
from extract.forms.headers import ColumnSpec
from extract.numerals import is_money_shaped

_TEXT_ROLES = ("text", "detail")
_SPLIT_CODE_ROLES = ("economic_code", "government_economic_code")
_CLASS_DIGITS, _ITEM_DIGITS = 3, 2  # an economic code is printed whole, or as class and item in two fields


def has_slid(row: Row, columns: Sequence[ColumnSpec]) -> bool:
    """Whether a row's fields slid sideways: money in a text column means that no column can be believed."""
    return any(
        column.role in _TEXT_ROLES and column.index < len(row) and is_money_shaped(row[column.index].text)
        for column in columns
    )


def realign(row: Row, columns: Sequence[ColumnSpec]) -> Row | None:
    """Put the fields of a slid row back under their headers, or give None where that takes a guess.

    The cause that is understood: economic codes printed as class and item in two fields (310 | 99), which
    pushes the amount to the right. Joined again, each code must stand under a code header, exactly one figure
    must be shaped like money, and exactly one column must hold money. The joined cell keeps its parts, so
    that the ledger still files every printed cell.
    """
    money = [index for index, cell in enumerate(row) if is_money_shaped(cell.text)]
    amounts = [column.index for column in columns if column.role == "amount"]
    codes = [column.index for column in columns if column.role in _SPLIT_CODE_ROLES]
    if len(money) != 1 or len(amounts) != 1 or not codes or any(cell.text for cell in row[money[0] + 1 :]):
        return None
    before = _join_codes(row[: money[0]], codes[0])
    joined = [index for index, cell in enumerate(before) if cell.parts]
    if joined != codes or len(before) > amounts[0]:
        return None
    blanks = (Cell("", row[0].line_no, -1 - n, row[0].page_no) for n in range(amounts[0] - len(before)))
    return (*before, *blanks, row[money[0]])


def _join_codes(cells: Sequence[Cell], start: int) -> list[Cell]:
    """Join neighbouring fields of three and two digits, from a column on."""
    joined = list(cells[:start])
    position = start
    while position < len(cells):
        pair = cells[position : position + 2]
        if len(pair) == 2 and _is_code_part(pair[0], _CLASS_DIGITS) and _is_code_part(pair[1], _ITEM_DIGITS):
            text = fold_number(pair[0].text) + fold_number(pair[1].text)
            joined.append(pair[0]._replace(text=text, parts=tuple(pair)))
            position += 2
        else:
            joined.append(cells[position])
            position += 1
    return joined


def _is_code_part(cell: Cell, digits: int) -> bool:
    text = fold_number(cell.text)
    return len(text) == digits and text.isdigit()
