"""Heads of performance forms: what the form is about, its money, and tasks with budgets (年度主要任务)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.blocks import Cell, Grid, Row
from extract.folding import fold
from extract.forms.collector import Collector
from extract.forms.headers import ColumnSpec
from extract.forms.labels import Label, read_label
from extract.forms.money_table import read_money_table
from extract.numerals import is_amount, is_numeric_cell, is_rate
from extract.printed import PrintedColumn, PrintedLine
from extract.vocabulary import Vocabulary

_UNIT_BEHIND_LABEL = re.compile(r"\(((?:亿|万)?元)\)")
_HEAD_SIDE = "project_funds"
_FIRST_HEAD_SIDE = 1000  # apart from the sides of the tasks table; labels of one column share a side


@dataclass(slots=True)
class HeadReading:
    """What the head of a performance form has said so far."""

    subject: str | None = None
    unit_text: str | None = None
    has_content: bool = False
    row_no: int = 0
    tasks: list[Grid] = field(default_factory=list)
    is_in_tasks: bool = False
    measures: list[ColumnSpec] = field(default_factory=list)


@dataclass(slots=True)
class _HeadLabel:
    """A label in the head of a form, and how many figures on its right were read."""

    cell: Cell
    meaning: Label
    taken: int = 0


def read_heads(
    rows: Sequence[Row], reading: HeadReading, form_key: str, collector: Collector, vocabulary: Vocabulary
) -> None:
    """Read the rows above a form's indicators into ``reading`` and ``collector``; tasks are only gathered."""
    position = 0
    if reading.is_in_tasks:
        position = _gather_tasks(rows, 0, reading, vocabulary)
    while position < len(rows):
        reading.row_no += 1
        words = [fold(cell.text) for cell in rows[position] if cell.text]
        reading.unit_text = reading.unit_text or _unit_in(words)
        if "任务名称" in words:
            position = _gather_tasks(rows, position, reading, vocabulary)
        else:
            _read_head(rows[position], reading, form_key, collector, vocabulary)
            position += 1


def read_tasks(reading: HeadReading, form_key: str, collector: Collector, vocabulary: Vocabulary) -> None:
    """Read the tasks (年度主要任务) gathered from all pages as the money table they are."""
    if reading.tasks:
        read_money_table(reading.tasks, form_key, collector, vocabulary)
        reading.has_content = reading.has_content or bool(collector.amounts)


def _unit_in(words: Sequence[str]) -> str | None:
    """Find the unit of money printed behind a label: 资金金额(万元)."""
    return next((match.group(1) for word in words if (match := _UNIT_BEHIND_LABEL.search(word))), None)


def _gather_tasks(rows: Sequence[Row], start: int, reading: HeadReading, vocabulary: Vocabulary) -> int:
    """Take the rows of the tasks table, which a page break may cut; return the row after them."""
    end = start if reading.is_in_tasks else start + 1
    while end < len(rows) and not _ends_tasks(rows[end], vocabulary):
        end += 1
    if end > start:
        reading.tasks.append(Grid(tuple(rows[start:end])))
    reading.is_in_tasks = end == len(rows)
    return end


def _ends_tasks(row: Row, vocabulary: Vocabulary) -> bool:
    words = [fold(cell.text) for cell in row if cell.text]
    return bool(words) and words[0] in vocabulary.heads


def _read_head(
    row: Row, reading: HeadReading, form_key: str, collector: Collector, vocabulary: Vocabulary
) -> None:
    """Read a labelled row: what the form is about, or labels with money on their right."""
    texts = [(cell, fold(cell.text)) for cell in row if cell.text]
    for (cell, word), (following, _) in pairwise(texts):
        if vocabulary.heads.get(word.rstrip(":")) == "subject" and following is not cell:
            reading.subject = reading.subject or following.text
    measures = [
        ColumnSpec(cell.field_no, (word,), vocabulary.header(form_key, (word,)))
        for cell, word in texts
        if (meaning := vocabulary.header(form_key, (word,))) and meaning.role.startswith("head_")
    ]
    if measures:
        reading.measures = measures
    else:
        _read_head_money(row, reading, form_key, collector, vocabulary)


def _read_head_money(
    row: Row, reading: HeadReading, form_key: str, collector: Collector, vocabulary: Vocabulary
) -> None:
    """Read labels with figures on their right; the n-th figure belongs to the n-th headed measure."""
    label: _HeadLabel | None = None
    for cell in row:
        if not cell.text:
            continue
        if not is_numeric_cell(cell.text):
            label = _HeadLabel(cell, read_label(cell.text, form_key, vocabulary))
        elif label is None:
            collector.reject(cell, "no_label", "a figure in the head of a performance form without a label")
        else:
            _take_head_figure(cell, label, reading, collector)
            label.taken += 1


def _take_head_figure(cell: Cell, label: _HeadLabel, reading: HeadReading, collector: Collector) -> None:
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
        line = _head_line(label, reading.row_no, collector)
        if line.line_id not in {known.line_id for known in collector.lines}:
            collector.lines.append(line)
        column = spec or ColumnSpec(cell.field_no, ("资金金额",), None)
        _take_head_column(column, line.side_no, collector)
        collector.amount(cell, line.line_id, column.index)
        reading.has_content = True


def _take_head_column(spec: ColumnSpec, side_no: int, collector: Collector) -> None:
    column = PrintedColumn(
        form_id=collector.form_id,
        document_id=collector.document_id,
        side_no=side_no,
        col_no=spec.index,
        column_path="/".join(spec.path),
        measure=spec.meaning.measure if spec.meaning else None,
        fund=None,
        nature="figure",
    )
    if column not in collector.columns:
        collector.columns.append(column)


def _head_line(label: _HeadLabel, row_no: int, collector: Collector) -> PrintedLine:
    cell, meaning = label.cell, label.meaning
    return PrintedLine(
        line_id=f"{collector.form_id}-H{cell.line_no}F{cell.field_no}",
        form_id=collector.form_id,
        document_id=collector.document_id,
        side_no=_FIRST_HEAD_SIDE + cell.field_no,
        side_key=_HEAD_SIDE,
        row_no=row_no,
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
