"""Heads of performance forms: what the form is about, its money, and tasks with budgets (年度主要任务)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extract.blocks import Cell, Grid, Row
from extract.folding import fold, fold_number
from extract.forms.collector import Collector
from extract.forms.headers import ColumnSpec
from extract.forms.labels import Label, read_label
from extract.forms.money_table import read_money_table
from extract.header_words import HeaderMeaning
from extract.numerals import is_amount, is_dash, is_money_shaped, is_numeric_cell, is_rate
from extract.printed import PrintedColumn, PrintedLine
from extract.vocabulary import Vocabulary

_LONG_DECIMALS = re.compile(r"-?\d+\.\d{3,6}")  # of sums in 万元 or 亿元; points and counts have none such
_UNIT_BEHIND_LABEL = re.compile(r"\(((?:亿|百万|万|千)?元)\)")
_HEAD_ROLES = frozenset({"head_amount", "head_rate", "head_points"})
_MEASURE_OF_VERSION = {"adjusted_budget": "annual_budget", "execution": "annual_execution"}
_LONGEST_LABEL = 20
_UNKNOWN_AMOUNT = HeaderMeaning("head_amount", None, None, None, None)
_HEAD_SIDE = "project_funds"
_COLUMNS_APART = 1000  # more than a head has columns
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
    headings: dict[int, ColumnSpec] = field(default_factory=dict)  # all of the row that names them, by place
    above: dict[int, _HeadLabel] = field(default_factory=dict)  # of the row above, if it names money alone
    keeps_columns: bool = (
        False  # the rows so far stand under the headings, as in a grid that kept its columns
    )


@dataclass(slots=True)
class _HeadLabel:
    """A label in the head of a form, and how many figures on its right were read."""

    cell: Cell
    meaning: Label
    says: str | None = None  # what the words of the label say that stands beside it: amount, mark (电话)
    taken: int = 0

    @property
    def is_bare(self) -> bool:
        """Whether the label is a sentence or the like: nothing that names a sum of money."""
        return len(self.meaning.plain) > _LONGEST_LABEL


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
    measures = _measures(texts, form_key, vocabulary)
    if measures:
        reading.measures = measures
        known = {spec.index: spec for spec in measures}
        reading.headings = {
            cell.field_no: known.get(cell.field_no) or ColumnSpec(cell.field_no, (word,), _UNKNOWN_AMOUNT)
            for cell, word in texts
        }
        reading.keeps_columns = False
    elif _stand_below_labels(row, reading):
        for cell in row:
            if cell.text:
                _take_head_figure(cell, reading.above[cell.field_no], None, reading, collector)
    else:
        _read_head_money(row, reading, form_key, collector, vocabulary)
    reading.above = _labels_of_money(row, form_key, vocabulary)


def _labels_of_money(row: Row, form_key: str, vocabulary: Vocabulary) -> dict[int, _HeadLabel]:
    """The labels of a row without figures that name money: 预算支出总额 | 财政拨款 | 其他资金."""
    if any(is_numeric_cell(cell.text) for cell in row if cell.text):
        return {}
    named = (_head_label(cell, form_key, vocabulary) for cell in row if cell.text)
    return {
        label.cell.field_no: label
        for label in named
        if label.says == "amount" or label.meaning.line_key is not None
    }


def _stand_below_labels(row: Row, reading: HeadReading) -> bool:
    """Whether a row is of figures alone, two or more, each below a label of money in the row above."""
    printed = [cell for cell in row if cell.text]
    return len(printed) > 1 and all(
        cell.field_no in reading.above and (is_amount(cell.text) or is_dash(cell.text)) for cell in printed
    )


def _head_label(cell: Cell, form_key: str, vocabulary: Vocabulary) -> _HeadLabel:
    meaning = read_label(cell.text, form_key, vocabulary)
    said = vocabulary.header(form_key, (meaning.plain,))
    return _HeadLabel(cell, meaning, said.role if said else None)


def _measures(texts: Sequence[tuple[Cell, str]], form_key: str, vocabulary: Vocabulary) -> list[ColumnSpec]:
    """The columns that a row of the head names, in order: versions of the budget, a rate, points.

    One word alone (项目预算) is a label, unless the vocabulary has it as a heading of the head.
    """
    specs = [
        ColumnSpec(cell.field_no, (word,), _in_head(meaning))
        for cell, word in texts
        if (meaning := vocabulary.header(form_key, (word,)))
    ]
    named = [spec for spec in specs if spec.role in _HEAD_ROLES]
    is_listed = any("/".join(spec.path) in vocabulary.whole_headers for spec in named)
    amounts = [spec for spec in named if spec.role == "head_amount"]
    has_figure = any(is_numeric_cell(word) for _, word in texts)
    return named if is_listed or (len(named) > 1 and amounts and not has_figure) else []


def _in_head(meaning: HeaderMeaning) -> HeaderMeaning:
    """What a header means in the head of a form, where versions of the budget are measures."""
    if meaning.role == "amount" and meaning.budget_version and meaning.measure == "total":
        measure = _MEASURE_OF_VERSION.get(meaning.budget_version)
        return meaning._replace(role="head_amount", measure=measure)
    if meaning.role == "rate":
        return meaning._replace(role="head_rate", measure="execution_rate")
    return meaning._replace(role="head_points") if meaning.role in ("weight", "score") else meaning


def _read_head_money(
    row: Row, reading: HeadReading, form_key: str, collector: Collector, vocabulary: Vocabulary
) -> None:
    """Read labels with figures on their right; the n-th figure belongs to the n-th headed measure."""
    label: _HeadLabel | None = None
    is_in_place = reading.keeps_columns = _stand_under_headings(row, reading)
    for cell in row:
        if not cell.text:
            continue
        is_figure = is_numeric_cell(cell.text) or (
            is_dash(cell.text)
            and label is not None
            and (bool(reading.measures) or label.meaning.line_key is not None)
        )
        if not is_figure:
            label = _head_label(cell, form_key, vocabulary)
        elif label is None:
            collector.reject(cell, "no_label", "a figure in the head of a performance form without a label")
        else:
            in_order = reading.measures[label.taken] if label.taken < len(reading.measures) else None
            spec = reading.headings.get(cell.field_no) if is_in_place else in_order
            _take_head_figure(cell, label, spec, reading, collector)
            label.taken += 1


def _stand_under_headings(row: Row, reading: HeadReading) -> bool:
    """Whether the figures of a row stand where the measures are named, as in a grid that kept its columns.

    A row of too few figures to tell is as the row above it.
    """
    figures = {cell.field_no for cell in row if is_numeric_cell(cell.text)}
    named = {spec.index for spec in reading.measures}
    is_told = reading.keeps_columns or len(figures & named) >= min(2, len(named))
    return is_told and figures <= set(reading.headings)


def _take_head_figure(
    cell: Cell, label: _HeadLabel, spec: ColumnSpec | None, reading: HeadReading, collector: Collector
) -> None:
    """File one figure of the head as an amount of its label's line, or set it aside with the reason."""
    beside = f"beside the label {label.cell.text!r}"
    if spec is not None and spec.role in ("head_rate", "head_points") and not is_rate(cell.text):
        collector.file(cell, "rates" if spec.role == "head_rate" else "descriptions")
    elif label.says == "mark" and label.meaning.line_key is None and not is_money_shaped(cell.text):
        collector.file(cell, "descriptions")
    elif _names_no_money(cell, label, spec):
        collector.reject(cell, "unknown_label", f"{label.cell.text!r} is in no row of row_labels.csv")
    elif is_rate(cell.text) and spec is not None and spec.role == "head_rate":
        collector.rate(cell, label.cell.text, "/".join(spec.path))
    elif not (is_amount(cell.text) or is_dash(cell.text)):
        collector.reject(cell, "not_a_number", beside)
    elif (spec is None and (reading.measures or label.taken)) or (spec and spec.role != "head_amount"):
        collector.reject(cell, "no_header", f"{beside}, under no header of an amount")
    else:
        line = _head_line(label, reading.row_no, collector)
        if line.line_id not in {known.line_id for known in collector.lines}:
            collector.lines.append(line)
        column = spec or ColumnSpec(cell.field_no, ("资金金额",), None)
        collector.amount(cell, line.line_id, _take_head_column(column, line.side_no, collector))
        reading.has_content = True


def _names_no_money(cell: Cell, label: _HeadLabel, spec: ColumnSpec | None) -> bool:
    """Whether a label is of no money; a short one that no word tells is of the money printed beside it."""
    if label.meaning.line_key is not None or label.says == "amount":
        return False
    is_money = is_money_shaped(cell.text) or _LONG_DECIMALS.fullmatch(fold_number(cell.text))
    return label.is_bare or (spec is None and (label.says is not None or not is_money))


def _take_head_column(spec: ColumnSpec, side_no: int, collector: Collector) -> int:
    """Take a column of the head and give its number: another where a second heading stands at its place."""
    column = PrintedColumn(
        form_id=collector.form_id,
        document_id=collector.document_id,
        side_no=side_no,
        col_no=spec.index,
        column_path="/".join(spec.path),
        measure=spec.meaning.measure if spec.meaning else "total",  # of what the label names
        fund=None,
        budget_version=spec.meaning.budget_version if spec.meaning else None,
        column_year=spec.meaning.year if spec.meaning else None,
        nature="figure",
    )
    taken = {other.col_no: other for other in collector.columns if other.side_no == side_no}
    while column.col_no in taken and taken[column.col_no] != column:
        column = replace(column, col_no=column.col_no + _COLUMNS_APART)
    if column.col_no not in taken:
        collector.columns.append(column)
    return column.col_no


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
