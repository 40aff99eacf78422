"""Performance forms (绩效目标表, 绩效自评表): labels and money, tasks with budgets, then indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extract.blocks import Cell, Grid, Row
from extract.folding import fold
from extract.forms.collector import Collector, place_id
from extract.forms.headers import ColumnSpec, resolve_columns
from extract.forms.labels import Label, read_label
from extract.forms.money_table import read_money_table
from extract.numerals import is_amount, is_numeric_cell, is_rate
from extract.printed import PrintedColumn, PrintedIndicator, PrintedLine
from extract.vocabulary import Vocabulary

_PLACEHOLDER = re.compile(r"((指标|目标)\d*:?)+|\.{3,}|…+")
_UNIT_BEHIND_LABEL = re.compile(r"\(((?:亿|万)?元)\)")
_HEAD_SIDE = "project_funds"
_FIRST_HEAD_SIDE = 1000  # apart from the sides of the tasks table; labels of one column share a side
_LEVEL_ROLES = {1: "level_1", 2: "level_2"}
_ROLES_BY_ORDER = ("indicator", "target", "actual", "note")
_TEXT_FIELDS = {
    "target": "target_text",
    "actual": "actual_text",
    "note": "note_text",
    "weight": "weight_text",
    "score": "score_text",
}
_SCORED = ("target", "actual", "score")
_LONGEST_STRAY_WORD = 4  # characters a level cell may hold beside the level's name

_Placed = tuple[int, Cell]  # grid column and cell


@dataclass(slots=True)
class PerformanceFacts:
    """What a performance form says of itself."""

    subject: str | None = None
    unit_text: str | None = None
    has_content: bool = False
    has_placeholders: bool = False


@dataclass(slots=True)
class _HeadLabel:
    """A label in the head of a form, and how many figures on its right were read."""

    cell: Cell
    meaning: Label
    taken: int = 0


@dataclass(slots=True)
class _Reading:
    columns: tuple[ColumnSpec, ...] = ()
    level_1: str | None = None
    level_2: str | None = None
    measures: list[ColumnSpec] = field(default_factory=list)
    facts: PerformanceFacts = field(default_factory=PerformanceFacts)


def read_performance(
    grids: Sequence[Grid], form_key: str, collector: Collector, vocabulary: Vocabulary
) -> PerformanceFacts:
    """Read all grids of one performance form and say what it is about and whether it is a blank template.

    Within a grid, rows above the indicators' header are its head, also when a page cut prints both again;
    a grid without that header goes on where the one before stopped.
    """
    reading = _Reading()
    for grid in grids:
        header_at = next((n for n, row in enumerate(grid.rows) if _is_indicator_header(row)), None)
        if header_at is not None:
            _read_heads(grid.rows[:header_at], reading, form_key, collector, vocabulary)
            reading.columns = resolve_columns([grid.rows[header_at]], form_key, vocabulary)
            _read_indicators(grid.rows[header_at + 1 :], reading, collector, vocabulary)
        elif reading.columns:
            _read_indicators(grid.rows, reading, collector, vocabulary)
        else:
            _read_heads(grid.rows, reading, form_key, collector, vocabulary)
    return reading.facts


def _is_indicator_header(row: Row) -> bool:
    return {"一级指标", "二级指标"} <= {fold(cell.text) for cell in row}


def _read_heads(
    rows: Sequence[Row], reading: _Reading, form_key: str, collector: Collector, vocabulary: Vocabulary
) -> None:
    position = 0
    while position < len(rows):
        words = [fold(cell.text) for cell in rows[position] if cell.text]
        reading.facts.unit_text = reading.facts.unit_text or _unit_in(words)
        if "任务名称" in words:
            position = _read_tasks(rows, position, form_key, collector, vocabulary)
            reading.facts.has_content = reading.facts.has_content or bool(collector.amounts)
        else:
            _read_head(rows[position], reading, form_key, collector, vocabulary)
            position += 1


def _unit_in(words: Sequence[str]) -> str | None:
    """Find the unit of money printed behind a label: 资金金额(万元)."""
    return next((match.group(1) for word in words if (match := _UNIT_BEHIND_LABEL.search(word))), None)


def _read_tasks(
    rows: Sequence[Row], start: int, form_key: str, collector: Collector, vocabulary: Vocabulary
) -> int:
    """Read the tasks table (年度主要任务) as the money table it is; return the row after it."""
    end = start + 1
    while end < len(rows) and not _ends_tasks(rows[end], vocabulary):
        end += 1
    read_money_table([Grid(tuple(rows[start:end]))], form_key, collector, vocabulary)
    return end


def _ends_tasks(row: Row, vocabulary: Vocabulary) -> bool:
    words = [fold(cell.text) for cell in row if cell.text]
    return bool(words) and words[0] in vocabulary.heads


def _read_head(
    row: Row, reading: _Reading, form_key: str, collector: Collector, vocabulary: Vocabulary
) -> None:
    """Read a labelled row: what the form is about, or labels with money on their right."""
    texts = [(cell, fold(cell.text)) for cell in row if cell.text]
    for (cell, word), (following, _) in pairwise(texts):
        if vocabulary.heads.get(word.rstrip(":")) == "subject" and following is not cell:
            reading.facts.subject = reading.facts.subject or following.text
    measures = [
        ColumnSpec(cell.field_no, (word,), vocabulary.header(form_key, (word,)))
        for cell, word in texts
        if (meaning := vocabulary.header(form_key, (word,))) and meaning.role.startswith("head_")
    ]
    if measures:
        reading.measures = measures
    else:
        _read_head_money(row, reading, collector, vocabulary)


def _read_head_money(row: Row, reading: _Reading, collector: Collector, vocabulary: Vocabulary) -> None:
    """Read labels with figures on their right; the n-th figure belongs to the n-th headed measure."""
    label: _HeadLabel | None = None
    for cell in row:
        if not cell.text:
            continue
        if not is_numeric_cell(cell.text):
            label = _HeadLabel(cell, read_label(cell.text, vocabulary))
        elif label is None:
            collector.reject(cell, "no_label", "a figure in the head of a performance form without a label")
        else:
            _take_head_figure(cell, label, reading, collector)
            label.taken += 1


def _take_head_figure(cell: Cell, label: _HeadLabel, reading: _Reading, collector: Collector) -> None:
    """File one figure of the head as an amount of its label's line, or set it aside with the reason."""
    beside = f"beside the label {label.cell.text!r}"
    spec = reading.measures[label.taken] if label.taken < len(reading.measures) else None
    if label.meaning.line_key is None:
        collector.reject(cell, "unknown_label", f"{label.cell.text!r} is in no row of row_labels.csv")
    elif is_rate(cell.text) and spec is not None and spec.role == "head_rate":
        collector.rate(cell, label.cell.text, "/".join(spec.path))
    elif not is_amount(cell.text):
        collector.reject(cell, "not_a_number", beside)
    elif (spec is None and (reading.measures or label.taken)) or (spec and spec.role != "head_amount"):
        collector.reject(cell, "no_header", f"{beside}, under no header of an amount")
    else:
        line = _head_line(label, collector)
        if line.line_id not in {known.line_id for known in collector.lines}:
            collector.lines.append(line)
        column = spec or ColumnSpec(cell.field_no, ("资金金额",), None)
        _take_head_column(column, line.side_no, collector)
        collector.amount(cell, line.line_id, column.index)
        reading.facts.has_content = True


def _take_head_column(spec: ColumnSpec, side_no: int, collector: Collector) -> None:
    column = PrintedColumn(
        form_id=collector.form_id,
        document_id=collector.document_id,
        side_no=side_no,
        col_no=spec.index,
        column_path="/".join(spec.path),
        measure=spec.meaning.measure if spec.meaning else None,
        fund=None,
    )
    if column not in collector.columns:
        collector.columns.append(column)


def _head_line(label: _HeadLabel, collector: Collector) -> PrintedLine:
    cell, meaning = label.cell, label.meaning
    return PrintedLine(
        line_id=f"{collector.form_id}-H{cell.line_no}F{cell.field_no}",
        form_id=collector.form_id,
        document_id=collector.document_id,
        side_no=_FIRST_HEAD_SIDE + cell.field_no,
        side_key=_HEAD_SIDE,
        row_no=cell.line_no,
        page_no=cell.page_no,
        line_no=cell.line_no,
        row_label=cell.text,
        label_plain=meaning.plain,
        # "of which" in a money head names a component of the total above, not a remark beside it
        row_kind="item" if meaning.row_kind == "memo" else meaning.row_kind,
        line_key=meaning.line_key,
        outline_level=None,
        code=None,
        economic_code_government=None,
        detail=None,
        doubt=None,
    )


def _read_indicators(
    rows: Sequence[Row], reading: _Reading, collector: Collector, vocabulary: Vocabulary
) -> None:
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
    row: Row, reading: _Reading, collector: Collector, vocabulary: Vocabulary, *, begins_part: bool
) -> None:
    """Read one indicator row; level names are carried down, and rows that slid sideways are read by order."""
    cells = [(index, cell) for index, cell in enumerate(row) if cell.text]
    levels, rest = _split_levels(cells, reading, vocabulary)
    if 1 in levels:
        reading.level_1, reading.level_2 = levels[1][1], None
    if 2 in levels:
        reading.level_2 = levels[2][1]
    if not rest:
        return
    if all(_PLACEHOLDER.fullmatch(fold(cell.text)) for _, cell in rest):
        reading.facts.has_placeholders = True
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
    reading.facts.has_content = True
    texts = {role: cell.text for role, cell in by_role.items()}
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


def _continued(above: PrintedIndicator, texts: dict[str, str]) -> PrintedIndicator:
    """Join what a page cut left of a row to the row it was cut from."""
    for role, field_name in _TEXT_FIELDS.items():
        if role in texts:
            joined: str = (getattr(above, field_name) or "") + texts[role]
            above = replace(above, **{field_name: joined})  # type: ignore[arg-type]
    return above


def _split_levels(
    cells: Sequence[_Placed], reading: _Reading, vocabulary: Vocabulary
) -> tuple[dict[int, tuple[int, str]], list[_Placed]]:
    """Take the level names off the front of a row: ``{level: (column, name)}`` and the cells that remain."""
    levels: dict[int, tuple[int, str]] = {}
    for position, (index, cell) in enumerate(cells):
        named = _level_of(cell.text, vocabulary)
        if named and named[1] > max(levels, default=0):
            levels[named[1]] = (index, named[0])
        elif fold(cell.text) not in vocabulary.header_words:  # 绩效指标 stands in the margin of some rows
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
    roles = {column.index: column.role for column in columns if column.role in ("indicator", *_TEXT_FIELDS)}
    if slid:
        in_order = [role for role in roles.values() if role in _ROLES_BY_ORDER]
        return {role: cell for role, (_, cell) in zip(in_order, rest, strict=False) if role}
    found: dict[str, Cell] = {}
    for index, cell in rest:
        role = roles.get(index)
        if role:
            found.setdefault(role, cell)
    return found
