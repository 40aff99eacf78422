"""The workbook of a round: who was asked what, with a link from each cell to what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from orchestration.exporting.workbooks import WORKBOOK_OPTIONS
from orchestration.home.durable import replacing
from orchestration.inspecting.changes import Change
from orchestration.inspecting.roster import days_overdue
from orchestration.inspecting.rounds import LEVELS, OUTCOMES, STAGES, Point, Round

MATRIX, DETAILS, CHANGES, UNREAD = "检查表", "明细", "整改情况", "未能读取的文件"
PUBLICATIONS = "公开情况"
_SLIPS = "数据核对"
_COLOURS = {
    "not_met": "#F8CBAD",
    "discrepancy": "#F8CBAD",
    "remark": "#FFF2CC",
    "cannot_be_judged": "#EDEDED",
}
_OF = ("部门（单位）", "年度", "预决算", "文件")
_PUBLICATIONS = {
    "部门（单位）": 30,
    "年度": 8,
    "预决算": 8,
    "层级": 8,
    "公开状态": 20,
    "批复日期": 12,
    "公开期限": 12,
    "逾期天数": 10,
    "说明": 40,
}
_DETAILS = {  # and how wide each column is, in characters
    **dict(zip(_OF, (30, 8, 8, 36), strict=True)),
    "检查项": 34,
    "结果": 14,
    "位置": 14,
    "问题": 60,
    "整改建议": 40,
    "依据": 40,
    "依据是否核实": 12,
}
_OPTIONS = {**WORKBOOK_OPTIONS, "constant_memory": False}  # a few sheets, written side by side
_GRAVEST_FIRST = tuple(OUTCOMES)


def write_workbook(found: Round, changed: Sequence[Change] | None, path: Path, today: date) -> None:
    """Write the sheets; ``changed`` is what became of the round before, None where there was none.

    What is not there and was due before ``today`` is overdue.
    """
    with (
        replacing(path) as unfinished,
        closing(xlsxwriter.Workbook(str(unfinished), _OPTIONS)) as workbook,
    ):
        formats = {
            name: workbook.add_format({"bg_color": colour, "align": "center"})
            for name, colour in _COLOURS.items()
        }
        header = workbook.add_format(
            {"bold": True, "bg_color": "#DDE6F0", "text_wrap": True, "valign": "top"}
        )
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        matrix = workbook.add_worksheet(MATRIX)
        told = [point for point in found.points if point.outcome not in ("met", "not_applicable")]
        rows = _write_details(workbook.add_worksheet(DETAILS), told, header, wrapped)
        _write_matrix(matrix, found, rows, header, formats)
        if changed is not None:
            sheet = workbook.add_worksheet(CHANGES)
            became = [(each.became, *_cells(each.point)) for each in changed]
            _write_table(sheet, {"整改情况": 12, **_DETAILS}, became, header, wrapped)
        if found.publications:
            told_of = [
                (
                    *(each.publisher_name, each.fiscal_year, STAGES[each.stage], LEVELS[each.document_level]),
                    *(each.status_zh, each.approved_on, each.due_on, days_overdue(each, today), each.reason),
                )
                for each in found.publications
            ]
            _write_table(workbook.add_worksheet(PUBLICATIONS), _PUBLICATIONS, told_of, header, wrapped)
        if found.unread:
            sheet = workbook.add_worksheet(UNREAD)
            _write_table(sheet, {"文件": 40, "原因": 80}, found.unread, header, wrapped)


def _write_details(
    sheet: Worksheet, told: Sequence[Point], header: Format, wrapped: Format
) -> dict[tuple[object, ...], int]:
    """Write what is to be looked at; give the row of the first point of each cell of the matrix."""
    _write_table(sheet, _DETAILS, [_cells(point) for point in told], header, wrapped)
    rows: dict[tuple[object, ...], int] = {}
    for row, point in enumerate(told, 2):
        rows.setdefault((_of(point), point.item), row)
    return rows


def _write_matrix(
    sheet: Worksheet,
    found: Round,
    rows: dict[tuple[object, ...], int],
    header: Format,
    formats: dict[str, Format],
) -> None:
    asked = [point for point in found.points if point.outcome != "not_applicable"]
    items = list(dict.fromkeys(point.item for point in asked if point.item != _SLIPS))
    documents = list(dict.fromkeys(_of(point) for point in found.points))
    gravest: dict[tuple[object, ...], Point] = {}
    for point in asked:
        known = gravest.setdefault((_of(point), point.item), point)
        if _GRAVEST_FIRST.index(point.outcome) < _GRAVEST_FIRST.index(known.outcome):
            gravest[_of(point), point.item] = point
    columns = (*_OF, "不符合", "数据不一致", "提示", "无法判断", _SLIPS, *items)
    for number, name in enumerate(columns):
        sheet.write_string(0, number, name, header)
    for row, document in enumerate(documents, 1):
        for number, value in enumerate(document):
            _write_cell(sheet, row, number, value)
        of_document = [point for point in asked if _of(point) == document]
        for number, outcome in enumerate(("not_met", "discrepancy", "remark", "cannot_be_judged"), len(_OF)):
            sheet.write_number(row, number, sum(point.outcome == outcome for point in of_document))
        for number, item in enumerate((_SLIPS, *items), len(_OF) + 4):
            worst = gravest.get((document, item))
            outcome = worst.outcome if worst else "met" if item == _SLIPS else "not_applicable"
            if (document, item) in rows:
                link = f"internal:'{DETAILS}'!A{rows[document, item]}"
                sheet.write_url(row, number, link, formats[outcome], OUTCOMES[outcome])
            else:
                sheet.write_string(row, number, OUTCOMES[outcome])
    sheet.freeze_panes(1, len(_OF))
    sheet.autofilter(0, 0, max(len(documents), 1), len(columns) - 1)
    for number, width in enumerate((30, 8, 8, 36, 8, 8, 8, 8)):
        sheet.set_column(number, number, width)
    sheet.set_column(8, len(columns) - 1, 12)


def _of(point: Point) -> tuple[str, int | None, str, str]:
    return point.of, point.fiscal_year, point.stage_zh, point.file_name


def _cells(point: Point) -> tuple[object, ...]:
    return (
        *_of(point),
        point.item,
        OUTCOMES[point.outcome],
        point.where,
        point.said,
        point.remedy,
        point.source,
        "已核实" if point.is_verified else "待核实",
    )


def _write_table(
    sheet: Worksheet,
    columns: Mapping[str, int],
    rows: Iterable[Sequence[object]],
    header: Format,
    wrapped: Format,
) -> None:
    for number, (name, width) in enumerate(columns.items()):
        sheet.set_column(number, number, width, wrapped)
        sheet.write_string(0, number, name, header)
    last = 0
    for last, row in enumerate(rows, 1):
        for number, value in enumerate(row):
            _write_cell(sheet, last, number, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)


def _write_cell(sheet: Worksheet, row: int, column: int, value: object) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, str(value))
