"""What names a row of one side: its codes, its label, how deep it stands, what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.blocks import Cell, Row
from extract.folding import fold, fold_number
from extract.forms.collector import Collector
from extract.forms.column_contents import SUBTOTALS, code_and_name
from extract.forms.headers import ColumnSpec
from extract.forms.labels import Label, read_label, unnumbered_level
from extract.forms.sides import Side
from extract.numerals import is_dash, is_numeric_cell
from extract.vocabulary import Vocabulary

_UNIT_SIDES = frozenset({"unit", "unit_project", "purchase"})
_CODES_BY_RANK = (
    "function_code",
    "economic_code",
    "unit_code",
)  # the one that names a row, if there are more
_DEPARTMENT_DIGITS = 3  # a department's unit code; the units under it add digits
_PROJECT_LEVEL = 60
_NAMED_UNIT_LEVEL = 30
_LEVELS_OF_A_COLUMN = 10  # labels in a column further right stand below all those on its left


_PARTS_OF_CODE = frozenset({"类", "款", "项"})
_BRACKETS = "[]【】〔〕［］()（）"


class RowName(NamedTuple):
    """What names a row: its label as printed and taken apart, its codes, and the place of the label."""

    place: Cell
    text: str | None
    label: Label
    row_kind: str
    level: int | None
    code: str | None
    government_code: str | None
    detail: str | None
    code_name: str | None = None  # beside the code, where the label is of something else


@dataclass(slots=True)
class Outline:
    """What the rows of a form so far imply for the next, by side."""

    form_key: str | None
    after_subtotal: dict[int, bool] = field(default_factory=dict)
    has_numbering: dict[int, bool] = field(default_factory=dict)
    unit_names: set[str] = field(default_factory=set)
    codes: dict[tuple[int, int], str] = field(default_factory=dict)  # last printed, by side and column
    names: dict[int, Cell] = field(default_factory=dict)  # last label printed beside a code, by side


class _Printed(NamedTuple):
    """The label cell of a row: where, in which of the label columns, and what stands on its left."""

    cell: Cell
    depth: int
    beside: str | None


def name_row(
    row: Row, side: Side, outline: Outline, collector: Collector, vocabulary: Vocabulary
) -> RowName | None:
    """Read what names a row of one side; None where nothing is printed that could."""
    codes, is_inherited = _codes(row, side, outline, collector)
    government_code = _government_code(row, side, outline, collector)
    printed = _label_cell(row, side)
    if is_inherited and printed and side.number in outline.names:
        printed = _Printed(outline.names[side.number], 0, printed.cell.text)
    elif codes and printed:
        outline.names[side.number] = printed.cell
    code = next((codes[role] for role in _CODES_BY_RANK if role in codes), None)
    if printed is None and code is None and government_code is None and side.row_label is None:
        return None
    text = printed.cell.text if printed else side.row_label
    in_label = _code_in_label(row, printed, side) if code is None else None
    if in_label:
        code = in_label[0]
        codes[_role_of_side(side)] = code
    label = (
        read_label(in_label[1] if in_label else text, outline.form_key, vocabulary)
        if text
        else Label("", "item", None, None)
    )
    row_kind, level = _kind_and_level(label, codes, side, outline, printed.depth if printed else 0)
    return RowName(
        place=row[0] if printed is None or is_inherited else printed.cell,
        text=text,
        label=label,
        row_kind=row_kind,
        level=level,
        code=code,
        government_code=government_code,
        code_name=_code_name(row, side, codes, text),
        detail=_detail(row, side, printed),
    )


def text_of(row: Row, index: int) -> str:
    """Return the text of a grid column of a row, which may be shorter than the header."""
    return row[index].text if index < len(row) else ""


def _codes(row: Row, side: Side, outline: Outline, collector: Collector) -> tuple[dict[str, str], bool]:
    """Read the codes of a row by role; a code in 类/款/项 columns is joined to one.

    A cell that is merged over rows prints its code in the first alone: where a code further right is printed
    without the ones on its left, those above it go on. Also tells whether a whole code is of a row above.
    """
    printed: dict[int, str] = {}
    for column in side.codes:
        text = code_of(text_of(row, column.index))
        if text is not None:
            printed[column.index] = text
            collector.file(row[column.index], "codes")
    by_role: dict[str, str] = {}
    printed_roles = {column.role for column in side.codes if column.index in printed}
    whole = _whole_codes(printed, side)
    for column in side.codes:
        if column.role in whole:
            by_role[column.role] = whole[column.role]
            continue
        digits = printed.get(column.index)
        if (
            digits is None
            and any(index > column.index for index in printed)
            and not _name_of(row, side, column)
        ):
            digits = outline.codes.get((side.number, column.index))
        if digits and column.role:
            by_role[column.role] = by_role.get(column.role, "") + digits
    _remember(printed, side, outline)
    return by_role, bool(by_role.keys() - printed_roles)


def _whole_codes(printed: Mapping[int, str], side: Side) -> dict[str, str]:
    """The codes that are printed whole (科目编码) beside their parts (类, 款, 项), by role."""
    in_parts = {column.role for column in side.codes if _is_part(column)}
    return {
        column.role: printed[column.index]
        for column in side.codes
        if column.role in in_parts and not _is_part(column) and column.index in printed
        if column.role is not None
    }


def _is_part(column: ColumnSpec) -> bool:
    return bool(column.path) and column.path[-1] in _PARTS_OF_CODE


def code_of(text: str) -> str | None:
    """The digits of a code, also in brackets ([207], 【20701】); None where it is none."""
    digits = fold_number(text).strip(_BRACKETS)
    return digits if digits.isdigit() else None


def _name_of(row: Row, side: Side, column: ColumnSpec) -> str:
    """Whatever is printed in the columns between a code and the next one: the name that belongs to it."""
    following = [other.index for other in side.codes if other.index > column.index]
    end = following[0] if following else column.index + 1
    return next((text for index in range(column.index, end) if (text := text_of(row, index))), "")


def _code_name(row: Row, side: Side, codes: Mapping[str, str], label: str | None) -> str | None:
    """What is printed between the code of the row and the next one, where the label says otherwise."""
    role = next((role for role in _CODES_BY_RANK if role in codes), None)
    columns = [column for column in side.codes if column.role == role]
    if not columns or label is None or side.government_codes:
        return None
    end = min((column.index for column in side.amounts), default=len(row))
    following = [column.index for column in side.codes if column.index > columns[-1].index]
    texts = [text_of(row, index) for index in range(columns[-1].index + 1, min([*following, end]))]
    name = next((text for text in texts if _names(text)), None)
    return name if name is not None and fold(name) != fold(label) else None


def _remember(printed: dict[int, str], side: Side, outline: Outline) -> None:
    first = min(printed, default=None)
    for column in side.codes:
        if column.index in printed:
            outline.codes[side.number, column.index] = printed[column.index]
        elif first is not None and column.index > first:
            outline.codes.pop((side.number, column.index), None)


def _government_code(row: Row, side: Side, outline: Outline, collector: Collector) -> str | None:
    """Read the second code of a row; of one in 类 and 款 columns what a merged cell leaves out goes on."""
    printed = {
        index: text for index in side.government_codes if (text := code_of(text_of(row, index))) is not None
    }
    for index in printed:
        collector.file(row[index], "codes")
    if not printed:
        return None
    known = {
        index: outline.codes.get((side.number, index), "")
        for index in side.government_codes
        if index < min(printed)
    }
    outline.codes.update({(side.number, index): text for index, text in printed.items()})
    return "".join({**known, **printed}.values())


def _label_cell(row: Row, side: Side) -> _Printed | None:
    """Find the cell that names a row: the last of its label columns, else a text in another column.

    With groups on the left and items on the right, a row that prints both is the item's, unless the item is
    a subtotal (小计): then it is the group's.
    """
    filled = [
        (depth, row[column.index])
        for depth, column in enumerate(side.labels)
        if _names(text_of(row, column.index))
    ]
    if filled:
        depth, cell = filled[-1]
        if len(filled) > 1 and fold_number(cell.text) in SUBTOTALS:
            depth, cell = filled[-2]
            return _Printed(cell, depth, None)
        return _Printed(cell, depth, filled[-2][1].text if len(filled) > 1 else None)
    for index in side.descriptors:
        if _names(text_of(row, index)):
            return _Printed(row[index], 0, None)
    return None


def _names(text: str) -> bool:
    return bool(text) and not is_numeric_cell(text) and not is_dash(text)


def _code_in_label(row: Row, printed: _Printed | None, side: Side) -> tuple[str, str] | None:
    """Take a code off the label it is printed in, where the column has codes before its names."""
    if printed is None:
        return None
    has_codes = any(
        column.has_codes or column in side.codes
        for column in (*side.labels, *side.codes)
        if column.index < len(row) and row[column.index] is printed.cell
    )
    return code_and_name(printed.cell.text) if has_codes else None


def _role_of_side(side: Side) -> str:
    return "unit_code" if side.key in _UNIT_SIDES else "function_code"


def _detail(row: Row, side: Side, printed: _Printed | None) -> str | None:
    beside = row[side.detail] if side.detail is not None and side.detail < len(row) else None
    if beside is not None and beside.text and (printed is None or beside is not printed.cell):
        return beside.text
    return printed.beside if printed else None


def _kind_and_level(
    label: Label, codes: dict[str, str], side: Side, outline: Outline, depth: int
) -> tuple[str, int | None]:
    in_columns = len(side.labels) > 1 and not codes
    if side.key in _UNIT_SIDES and not in_columns:
        return label.row_kind, _unit_level(label, codes.get("unit_code"), outline)
    if side.codes or codes:
        return label.row_kind, None
    number = side.number
    if label.level is not None:
        outline.has_numbering[number] = True
    is_breakdown = label.row_kind == "item" and label.line_key is None
    if is_breakdown and outline.after_subtotal.get(number) and not in_columns:
        return "memo", None
    if label.row_kind == "subtotal":
        outline.after_subtotal[number] = True
    if in_columns and label.row_kind == "item":
        return label.row_kind, depth * _LEVELS_OF_A_COLUMN + unnumbered_level(label.level)
    if not outline.has_numbering.get(number) or label.row_kind != "item" or label.line_key == "carry":
        return label.row_kind, label.level
    return label.row_kind, unnumbered_level(label.level)


def _unit_level(label: Label, code: str | None, outline: Outline) -> int | None:
    """Depth of a row in a tree of units and projects: department, unit, groups of projects, project."""
    if label.row_kind != "item":
        return None
    if code is not None:
        outline.unit_names.add(label.plain)
        return 10 if len(code) <= _DEPARTMENT_DIGITS else 20
    if label.level is not None:
        return label.level
    return _NAMED_UNIT_LEVEL if label.plain in outline.unit_names else _PROJECT_LEVEL
