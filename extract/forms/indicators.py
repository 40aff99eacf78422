"""Indicators of performance forms: one printed row each, also where levels are merged and rows slid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.blocks import Cell, Row
from extract.folding import fold
from extract.forms.collector import Collector, place_id
from extract.forms.headers import ColumnSpec
from extract.forms.numbering import is_column_numbers
from extract.forms.performance_lists import ListColumns, read_project, without_project
from extract.numerals import is_dash, is_numeric_cell, is_ordinal
from extract.printed import PrintedIndicator
from extract.vocabulary import Vocabulary

_PLACEHOLDER = re.compile(r"((指标|目标)\d*:?)+|\.{3,}|…+")
_PARTS_OF_TARGET = ("comparator", "target_unit")
_LEVEL_ROLES = {1: "level_1", 2: "level_2"}
_BEGIN_BLOCK = (
    "level_1",
    "level_2",
    "indicator",
)  # behind a target they begin a second block beside the first
_POINTS = re.compile(r"\((\d{1,3}(?:\.\d+)?)[分%]?\)")  # 预算执行(25分)
_NUMBERED = re.compile(r"(?:指标|目标)?\d")  # 指标2：… and 1.… name an indicator, not a level
_ROLES_BY_ORDER = ("indicator", "target", "actual", "note")
_TEXT_FIELDS = {
    "target": "target_text",
    "actual": "actual_text",
    "note": "note_text",
    "weight": "weight_text",
    "score": "score_text",
    "review_score": "review_score_text",
}
_VALUE_ROLES = ("level_3", "indicator", *_TEXT_FIELDS, *_PARTS_OF_TARGET)
_SCORED = ("target", "actual", "score")
_LONGEST_STRAY_WORD = 4  # characters a level cell may hold beside the level's name

_Placed = tuple[int, Cell]  # grid column and cell
_Level = tuple[int, str, str | None]  # grid column, name, points behind the name


@dataclass(slots=True)
class _Block:
    """One block of indicators, and the levels that merged cells carry down in it."""

    columns: tuple[ColumnSpec, ...] = ()
    shared: frozenset[int] = frozenset()  # columns of the block on the left that name its levels too
    levels: dict[int, str] = field(default_factory=dict)  # by number: 1, 2, and 3 where it has its column
    points: dict[int, str] = field(default_factory=dict)  # printed behind the name of a level
    has_slid: bool = False

    def name(self, level: int, printed: str, points: str | None) -> None:
        """Take the name of a level; what is below it begins anew."""
        for other in [other for other in self.levels if other >= level]:
            self.levels.pop(other)
            self.points.pop(other, None)
        self.levels[level] = printed
        if points:
            self.points[level] = points

    def holds(self, index: int) -> bool:
        """Whether a grid column belongs to the block; what stands right of all headers is of the last."""
        return index in self.shared or any(column.index == index for column in self.columns)


@dataclass(slots=True)
class IndicatorReading:
    """Where the reading stands: the blocks beside each other (实施期 left of 年度), and what was found."""

    blocks: list[_Block] = field(default_factory=list)
    projects: ListColumns | None = None  # left of the levels, where the form lists several
    project: str | None = None  # of the rows now read
    has_content: bool = False
    has_placeholders: bool = False

    def begin(self, columns: Sequence[ColumnSpec], projects: ListColumns | None = None) -> None:
        """Take a header; one that is printed again goes on with the levels that were named."""
        self.projects = projects
        if projects is not None:
            columns = [column for column in columns if column.index not in projects.headings]
        parts = _side_by_side(columns)
        known = self.blocks if len(self.blocks) == len(parts) else [_Block() for _ in parts]
        left = frozenset(column.index for column in parts[0] if column.role == "level_1")
        for block, part in zip(known, parts, strict=True):
            block.columns = part
            has_own = any(column.role == "level_1" for column in part)
            block.shared = frozenset() if has_own else left
        self.blocks = known


def _side_by_side(columns: Sequence[ColumnSpec]) -> list[tuple[ColumnSpec, ...]]:
    """The columns of each block: a second one begins where levels or indicators come again after a target."""
    parts: list[list[ColumnSpec]] = [[]]
    for place, column in enumerate(columns):
        has_target = any(known.role == "target" for known in parts[-1])
        goes_on = {later.role for later in columns[place:]}
        if has_target and column.role in _BEGIN_BLOCK and {"indicator", "target"} <= goes_on:
            parts.append([])
        parts[-1].append(column)
    return [tuple(part) for part in parts]


def is_indicator_header(row: Row) -> bool:
    """Whether a row is the header above the indicators."""
    return {"一级指标", "二级指标"} <= {fold(cell.text) for cell in row}


def read_indicators(
    rows: Sequence[Row], reading: IndicatorReading, collector: Collector, vocabulary: Vocabulary
) -> None:
    """Read the rows below an indicators' header; of a page-cut table, also those of the next page."""
    for position, row in enumerate(rows):
        if position == 0 and is_column_numbers(row):
            for cell in row:
                collector.file(cell, "column_numbers")
            continue
        if _is_labelled(row, vocabulary):
            for cell in row:
                if is_numeric_cell(cell.text):
                    collector.reject(
                        cell, "number_in_text_column", "in a total or a remark below the indicators"
                    )
            continue
        rest = _without_project(row, reading, collector)
        for block in reading.blocks:
            _read_indicator(rest, block, reading, collector, vocabulary, begins_part=position == 0)


def _without_project(row: Row, reading: IndicatorReading, collector: Collector) -> Row:
    """Take what a row of a list says of its project; a new one begins its levels anew."""
    if reading.projects is None:
        return row
    named = read_project(row, reading.projects, len(collector.lines) + 1, collector)
    if named is not None:
        reading.project = named
        reading.blocks = [replace(block, levels={}, points={}) for block in reading.blocks]
    return without_project(row, reading.projects)


def _is_labelled(row: Row, vocabulary: Vocabulary) -> bool:
    """Whether a row below the indicators is a total or a labelled remark (合计, 备注 …), not an indicator."""
    first = next((fold(cell.text) for cell in row if cell.text), "")
    return first.rstrip(":") in vocabulary.heads or first.removeprefix("<p>").startswith(("备注", "注:"))


def _read_indicator(
    row: Row,
    block: _Block,
    reading: IndicatorReading,
    collector: Collector,
    vocabulary: Vocabulary,
    *,
    begins_part: bool,
) -> None:
    """Read a block of a row; level names are carried down, and rows that slid sideways are read by order."""
    numbered = {column.index for column in block.columns if column.role == "ordinal"}
    for index in numbered & set(range(len(row))):
        if is_ordinal(row[index].text):
            collector.file(row[index], "ordinals")
    is_alone = len(reading.blocks) == 1
    cells = [
        (index, cell)
        for index, cell in enumerate(row)
        if cell.text and index not in numbered and (is_alone or block.holds(index))
    ]
    levels, rest = _split_levels(cells, block, vocabulary)
    for level, (_, name, points) in sorted(levels.items()):
        if is_alone or level != 1 or block.levels.get(1) != name:
            block.name(level, name, points)
    if not rest:
        return
    if all(_PLACEHOLDER.fullmatch(fold(cell.text)) for _, cell in rest):
        reading.has_placeholders = True
        return
    by_role = _assign_scored(rest, block.columns) or _assign(
        rest, block.columns, slid=_has_slid(levels, rest, block)
    )
    _file_numbers(rest, by_role, collector)
    reading.has_content = True
    texts = _texts(by_role, vocabulary)
    third = texts.pop("level_3", None)
    if third and "indicator" in texts:
        block.name(3, third, None)
    elif third:
        texts["indicator"] = third
    if begins_part and not levels and "indicator" not in texts and collector.indicators:
        collector.indicators[-1] = _continued(collector.indicators[-1], texts)
    else:
        collector.indicators.append(_printed(rest[0][1], texts, block, reading.project, collector))


def _file_numbers(rest: Sequence[_Placed], by_role: dict[str, Cell], collector: Collector) -> None:
    for _, cell in rest:
        if is_numeric_cell(cell.text) and cell in by_role.values():
            collector.file(cell, "indicators")
        elif is_numeric_cell(cell.text):
            collector.reject(cell, "number_in_text_column", "beside an indicator, under no known header")


def _printed(
    first: Cell, texts: dict[str, str], block: _Block, project: str | None, collector: Collector
) -> PrintedIndicator:
    return PrintedIndicator(
        indicator_id=place_id(collector.document_id, first),
        document_id=collector.document_id,
        form_id=collector.form_id,
        project=project,
        level_1=block.levels.get(1),
        level_2=block.levels.get(2),
        level_3=block.levels.get(3),
        level_1_points_text=block.points.get(1),
        level_2_points_text=block.points.get(2),
        page_no=first.page_no,
        line_no=first.line_no,
        indicator=texts.get("indicator"),
        **{field_name: texts.get(role) for role, field_name in _TEXT_FIELDS.items()},
    )


def _texts(by_role: dict[str, Cell], vocabulary: Vocabulary) -> dict[str, str]:
    """The texts by role; a target whose comparator and unit have columns of their own is put together."""
    texts = {role: cell.text for role, cell in by_role.items()}
    comparator, unit = texts.pop("comparator", ""), texts.pop("target_unit", "")
    target = texts.get("target", "")
    if fold(comparator) in vocabulary.quantities.before:  # 定性 and 定量 in its column compare nothing
        target = comparator + target
    if unit and not is_dash(unit):
        # the unit in its column is that of the result, too
        for role, figure in (("target", target), ("actual", texts.get("actual", ""))):
            is_open = role == "target" or is_numeric_cell(figure)
            if figure and is_open and not fold(figure).endswith(fold(unit)):
                texts[role] = figure + unit
            elif figure:
                texts[role] = figure
    elif target:
        texts["target"] = target
    return texts


def _continued(above: PrintedIndicator, texts: dict[str, str]) -> PrintedIndicator:
    """Join what a page cut left of a row to the row it was cut from."""
    for role, field_name in _TEXT_FIELDS.items():
        if role in texts:
            joined: str = (getattr(above, field_name) or "") + texts[role]
            above = replace(above, **{field_name: joined})  # type: ignore[arg-type]
    return above


def _split_levels(
    cells: Sequence[_Placed], block: _Block, vocabulary: Vocabulary
) -> tuple[dict[int, _Level], list[_Placed]]:
    """Take the level names off the front of a row, and give them with the cells that remain."""
    levels: dict[int, _Level] = {}
    under = {column.index: level for level, role in _LEVEL_ROLES.items() for column in block.columns
             if column.role == role}  # fmt: skip
    for position, (index, cell) in enumerate(cells):
        points = _POINTS.search(fold(cell.text))
        points_text = points.group(1) if points else None
        named = _level_of(cell.text, vocabulary)
        highest = max(levels, default=0)
        if named and named[1] == highest == 2 and 1 not in levels and under.get(levels[2][0]) == 1:
            levels[1] = levels[2]  # 成本指标 before 经济成本指标 is a first level, alone it is a second
            levels[2] = (index, named[0], points_text)
        elif named and named[1] > highest:
            levels[named[1]] = (index, named[0], points_text)
        elif under.get(index, 0) > highest and _is_level_by_place(cells[position:], block):
            levels[under[index]] = (index, _POINTS.sub("", fold(cell.text)), points_text)
        elif not vocabulary.words.is_heading(fold(cell.text)):  # 绩效指标 stands in the margin of some rows
            return levels, list(cells[position:])
    return levels, []


def _is_level_by_place(rest: Sequence[_Placed], block: _Block) -> bool:
    """Whether a cell under a level's header is one that no word tells: indicator and target are in place.

    Not where rows of the block slid sideways, and not where it is numbered as indicators are.
    """
    index, cell = rest[0]
    filled = {place for place, _ in rest if place != index}
    places = {role: {column.index for column in block.columns if column.role == role}
              for role in ("indicator", "target")}  # fmt: skip
    is_text = not is_numeric_cell(cell.text) and not _NUMBERED.match(fold(cell.text))
    return not block.has_slid and is_text and all(filled & held for held in places.values())


def _level_of(text: str, vocabulary: Vocabulary) -> tuple[str, int] | None:
    """Find the level a cell names, also with a weight behind it (25分) or a stray word in the same cell."""
    folded = re.sub(r"\(.*\)", "", fold(text))
    for name, level in vocabulary.levels:
        is_name = folded == name or (name.endswith("指标") and name in folded)
        if is_name and len(folded) <= len(name) + _LONGEST_STRAY_WORD:
            return name, level
    return None


def _has_slid(levels: dict[int, _Level], rest: Sequence[_Placed], block: _Block) -> bool:
    """Whether a row's cells do not stand under their headers.

    So it is when a level name stands elsewhere than under its level, or a value stands under a level's
    header or under none.
    """
    expected = {
        level: column.index
        for level, role in _LEVEL_ROLES.items()
        for column in block.columns
        if column.role == role
    }
    if any(expected.get(level, index) != index for level, (index, _, _) in levels.items()):
        block.has_slid = True
        return True
    headed = {column.index for column in block.columns if column.path} - set(expected.values())
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
    roles = _roles(columns)
    if slid:
        in_order = [role for role in roles.values() if role in _ROLES_BY_ORDER]
        return {role: cell for role, (_, cell) in zip(in_order, rest, strict=False) if role}
    found: dict[str, Cell] = {}
    for index, cell in rest:
        role = roles.get(index)
        if role:
            found.setdefault(role, cell)
    return found


def _roles(columns: Sequence[ColumnSpec]) -> dict[int, str]:
    """Roles by column; of two names of the indicator the first is a level, a second score is a review's."""
    roles = {column.index: column.role for column in columns if column.role in _VALUE_ROLES}
    targets = [index for index, role in roles.items() if role == "target"]
    named = [index for index, role in roles.items() if role == "indicator"]
    # what is headed like an indicator behind the targets describes it: 三级指标, 指标值, 指标内容
    described = {index for index in named[1:] if targets and index > targets[0]}
    roles = {index: role for index, role in roles.items() if index not in described}
    named = [index for index in named if index not in described]
    scored = [index for index, role in roles.items() if role == "score"]
    return {
        index: "level_3" if index in named[:-1] else "review_score" if index in scored[1:] else role
        for index, role in roles.items()
        if role is not None
    }
