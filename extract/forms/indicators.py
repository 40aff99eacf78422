"""Indicators of performance forms: one printed row each, also where levels are merged and rows slid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.blocks import Cell, Row
from extract.folding import fold
from extract.forms.collector import Collector, place_id
from extract.forms.headers import ColumnSpec
from extract.numerals import is_dash, is_numeric_cell, is_ordinal
from extract.printed import PrintedIndicator
from extract.vocabulary import Vocabulary

_PLACEHOLDER = re.compile(r"((指标|目标)\d*:?)+|\.{3,}|…+")
_COMPARATOR = re.compile(r"[=≥≤><]{1,2}")  # 定性 and 定量 in its column compare nothing
_PARTS_OF_TARGET = ("comparator", "target_unit")
_LEVEL_ROLES = {1: "level_1", 2: "level_2"}
_ROLES_BY_ORDER = ("indicator", "target", "actual", "note")
_TEXT_FIELDS = {
    "target": "target_text",
    "actual": "actual_text",
    "note": "note_text",
    "weight": "weight_text",
    "score": "score_text",
}
_VALUE_ROLES = ("indicator", *_TEXT_FIELDS, *_PARTS_OF_TARGET)
_SCORED = ("target", "actual", "score")
_LONGEST_STRAY_WORD = 4  # characters a level cell may hold beside the level's name

_Placed = tuple[int, Cell]  # grid column and cell


@dataclass(slots=True)
class IndicatorReading:
    """Where the reading stands: the header, and the levels that merged cells carry down."""

    columns: tuple[ColumnSpec, ...] = ()
    level_1: str | None = None
    level_2: str | None = None
    has_content: bool = False
    has_placeholders: bool = False


def is_indicator_header(row: Row) -> bool:
    """Whether a row is the header above the indicators."""
    return {"一级指标", "二级指标"} <= {fold(cell.text) for cell in row}


def read_indicators(
    rows: Sequence[Row], reading: IndicatorReading, collector: Collector, vocabulary: Vocabulary
) -> None:
    """Read the rows below an indicators' header; of a page-cut table, also those of the next page."""
    for position, row in enumerate(rows):
        if _is_labelled(row, vocabulary):
            for cell in row:
                if is_numeric_cell(cell.text):
                    collector.reject(cell, "number_in_text_column", "in a remark below the indicators")
        else:
            _read_indicator(row, reading, collector, vocabulary, begins_part=position == 0)


def _is_labelled(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row below the indicators is a labelled remark (说明, 备注 …), not an indicator."""
    first = next((fold(cell.text) for cell in row if cell.text), "")
    return first.rstrip(":") in vocabulary.heads or first.removeprefix("<p>").startswith(("备注", "注:"))


def _read_indicator(
    row: Row, reading: IndicatorReading, collector: Collector, vocabulary: Vocabulary, *, begins_part: bool
) -> None:
    """Read one indicator row; level names are carried down, and rows that slid sideways are read by order."""
    numbered = {column.index for column in reading.columns if column.role == "ordinal"}
    for index in numbered & set(range(len(row))):
        if is_ordinal(row[index].text):
            collector.file(row[index], "ordinals")
    cells = [(index, cell) for index, cell in enumerate(row) if cell.text and index not in numbered]
    levels, rest = _split_levels(cells, reading, vocabulary)
    if 1 in levels:
        reading.level_1, reading.level_2 = levels[1][1], None
    if 2 in levels:
        reading.level_2 = levels[2][1]
    if not rest:
        return
    if all(_PLACEHOLDER.fullmatch(fold(cell.text)) for _, cell in rest):
        reading.has_placeholders = True
        return
    by_role = _assign_scored(rest, reading.columns) or _assign(
        rest, reading.columns, slid=_has_slid(levels, rest, reading.columns)
    )
    for _, cell in rest:
        if is_numeric_cell(cell.text):
            if cell in by_role.values():
                collector.file(cell, "indicators")
            else:
                collector.reject(cell, "number_in_text_column", "beside an indicator, under no known header")
    reading.has_content = True
    texts = _texts(by_role)
    if begins_part and not levels and "indicator" not in texts and collector.indicators:
        collector.indicators[-1] = _continued(collector.indicators[-1], texts)
        return
    first = rest[0][1]
    collector.indicators.append(
        PrintedIndicator(
            indicator_id=place_id(collector.document_id, first),
            document_id=collector.document_id,
            form_id=collector.form_id,
            level_1=reading.level_1,
            level_2=reading.level_2,
            level_3=None,
            page_no=first.page_no,
            line_no=first.line_no,
            indicator=texts.get("indicator"),
            **{field_name: texts.get(role) for role, field_name in _TEXT_FIELDS.items()},
        )
    )


def _texts(by_role: dict[str, Cell]) -> dict[str, str]:
    """The texts by role; a target whose comparator and unit have columns of their own is put together."""
    texts = {role: cell.text for role, cell in by_role.items()}
    comparator, unit = texts.pop("comparator", ""), texts.pop("target_unit", "")
    target = texts.get("target", "")
    if _COMPARATOR.fullmatch(fold(comparator)):
        target = comparator + target
    if target and unit and not is_dash(unit) and not fold(target).endswith(fold(unit)):
        target += unit
    return {**texts, "target": target} if target else texts


def _continued(above: PrintedIndicator, texts: dict[str, str]) -> PrintedIndicator:
    """Join what a page cut left of a row to the row it was cut from."""
    for role, field_name in _TEXT_FIELDS.items():
        if role in texts:
            joined: str = (getattr(above, field_name) or "") + texts[role]
            above = replace(above, **{field_name: joined})  # type: ignore[arg-type]
    return above


def _split_levels(
    cells: Sequence[_Placed], reading: IndicatorReading, vocabulary: Vocabulary
) -> tuple[dict[int, tuple[int, str]], list[_Placed]]:
    """Take the level names off the front of a row: ``{level: (column, name)}`` and the cells that remain."""
    levels: dict[int, tuple[int, str]] = {}
    for position, (index, cell) in enumerate(cells):
        named = _level_of(cell.text, vocabulary)
        if named and named[1] > max(levels, default=0):
            levels[named[1]] = (index, named[0])
        elif not vocabulary.words.is_heading(fold(cell.text)):  # 绩效指标 stands in the margin of some rows
            return levels, list(cells[position:])
    return levels, []


def _level_of(text: str, vocabulary: Vocabulary) -> tuple[str, int] | None:
    """Find the level a cell names, also with a weight behind it (25分) or a stray word in the same cell."""
    folded = re.sub(r"\(.*\)", "", fold(text))
    for name, level in vocabulary.levels:
        is_name = folded == name or (name.endswith("指标") and name in folded)
        if is_name and len(folded) <= len(name) + _LONGEST_STRAY_WORD:
            return name, level
    return None


def _has_slid(
    levels: dict[int, tuple[int, str]], rest: Sequence[_Placed], columns: Sequence[ColumnSpec]
) -> bool:
    """Whether a row's cells do not stand under their headers.

    So it is when a level name stands elsewhere than under its level, or a value stands under a level's
    header or under none.
    """
    expected = {
        level: column.index
        for level, role in _LEVEL_ROLES.items()
        for column in columns
        if column.role == role
    }
    if any(expected.get(level, index) != index for level, (index, _) in levels.items()):
        return True
    headed = {column.index for column in columns if column.path} - set(expected.values())
    return any(index not in headed for index, _ in rest)


def _assign_scored(rest: Sequence[_Placed], columns: Sequence[ColumnSpec]) -> dict[str, Cell]:
    """Read a scored row whose values slid left over blank text columns; empty where it did not.

    A figure under a text header and no score show it. The row then ends in target, result and score.
    """
    roles = {column.index: column.role for column in columns}
    has_score = "score" in roles.values() and any(roles.get(index) == "score" for index, _ in rest)
    astray = any(roles.get(index) == "text" and is_numeric_cell(cell.text) for index, cell in rest)
    if "score" not in roles.values() or has_score or not astray or len(rest) < len(_SCORED):
        return {}
    found = {role: cell for index, cell in rest if (role := roles.get(index)) in ("indicator", "weight")}
    ending = dict(zip(_SCORED, (cell for _, cell in rest[-len(_SCORED) :]), strict=True))
    return {**found, **ending}


def _assign(rest: Sequence[_Placed], columns: Sequence[ColumnSpec], *, slid: bool) -> dict[str, Cell]:
    """Give each remaining cell its role: by column, or by order where the row slid."""
    roles = {column.index: column.role for column in columns if column.role in _VALUE_ROLES}
    if slid:
        in_order = [role for role in roles.values() if role in _ROLES_BY_ORDER]
        return {role: cell for role, (_, cell) in zip(in_order, rest, strict=False) if role}
    found: dict[str, Cell] = {}
    for index, cell in rest:
        role = roles.get(index)
        if role:
            found.setdefault(role, cell)
    return found
