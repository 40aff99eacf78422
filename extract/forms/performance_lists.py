"""Lists of projects in one performance form: what each is called and its money stand left of its indicators.

Forms of one project have a head above the indicators. A list has columns for it instead, which merged cells
fill in the first row of each project: 单位代码, 项目名称, 资金总额, 绩效目标, then 一级指标 and the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.blocks import Cell, Row
from extract.folding import fold
from extract.forms.collector import Collector
from extract.numerals import is_numeric_cell
from extract.printed import PrintedColumn, PrintedLine

_FIRST_LEVEL, _OVER_INDICATORS = "一级指标", "指标"
_NAME = re.compile(r".*(?:项目|专项).*名称|.*名称.*(?:项目|专项).*|项目|专项|.*名称")
_CODE = re.compile(r".*(?:代码|编码)")
_MONEY = re.compile(r".*(?:资金|金额|预算|总额).*")
_SIDE, _SIDE_KEY = 0, "project_funds"


@dataclass(frozen=True, slots=True)
class ListColumns:
    """The columns left of the indicators, by index: their headings, and which of them names a project."""

    headings: dict[int, str]
    name: int


def list_columns(above: Row | None, header: Row) -> ListColumns | None:
    """The columns of a list of projects; None where no column left of the levels names one.

    ``above`` is the row over the ``header`` of the indicators: headings that are merged over both stand
    there, beside one over the indicators (绩效指标).
    """
    words = [fold(cell.text) for cell in header]
    first = words.index(_FIRST_LEVEL) if _FIRST_LEVEL in words else 0
    over = [fold(cell.text) for cell in above] if above is not None else []
    is_of_header = len(over) > first and _OVER_INDICATORS in over[first]
    headings = {
        index: text
        for index in range(first)
        if (text := words[index] or (over[index] if is_of_header else ""))
    }
    named = [index for index, text in headings.items() if _NAME.fullmatch(text)]
    return ListColumns(headings, named[-1]) if named else None


def read_project(row: Row, columns: ListColumns, row_no: int, collector: Collector) -> str | None:
    """Take what a row says left of its indicators, and give the project that it names, if any."""
    found = {index: row[index] for index in columns.headings if index < len(row) and row[index].text}
    name = found.get(columns.name)
    for index, cell in found.items():
        heading = columns.headings[index]
        if not is_numeric_cell(cell.text):
            continue
        if _CODE.fullmatch(heading):
            collector.file(cell, "codes")
        elif _MONEY.fullmatch(heading) and name is not None:
            _take_money(cell, name, (index, heading), row_no, collector)
        else:
            collector.reject(cell, "number_in_text_column", "beside a project, under no heading of money")
    return name.text if name is not None else None


def without_project(row: Row, columns: ListColumns) -> Row:
    """The row without what it says left of its indicators, each other cell in its place."""
    return tuple(
        cell._replace(text="", parts=()) if index in columns.headings else cell
        for index, cell in enumerate(row)
    )


def _take_money(cell: Cell, name: Cell, column: tuple[int, str], row_no: int, collector: Collector) -> None:
    index, heading = column
    printed = PrintedColumn(
        form_id=collector.form_id,
        document_id=collector.document_id,
        side_no=_SIDE,
        col_no=index,
        column_path=heading,
        measure="total",
        fund=None,
        budget_version=None,
        column_year=None,
        nature="figure",
    )
    if printed not in collector.columns:
        collector.columns.append(printed)
    line_id = f"{collector.form_id}-P{name.line_no}F{name.field_no}"
    if not any(line.line_id == line_id for line in collector.lines[-1:]):
        collector.lines.append(
            PrintedLine(
                line_id=line_id,
                form_id=collector.form_id,
                document_id=collector.document_id,
                side_no=_SIDE,
                side_key=_SIDE_KEY,
                row_no=row_no,
                page_no=name.page_no,
                line_no=name.line_no,
                row_label=name.text,
                label_plain=fold(name.text),
                row_kind="item",
                line_key=None,
                outline_level=None,
                code=None,
                economic_code_government=None,
                detail=name.text,
                doubt=None,
            )
        )
    collector.amount(cell, line_id, index)


def above_of(rows: Sequence[Row], header: int) -> Row | None:
    """The row over a header, where there is one."""
    return rows[header - 1] if header > 0 else None
