"""Workbooks become pages of text and grids with what a person sees in the cells."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from unittest import mock

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Border, Side

from extract.blocks import Cell, Grid, Text
from extract.media_type import media_type
from extract.readers import UnreadableDocumentError, formulas, read_blocks, workbook_rows

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
THIN = Side(style="thin")


def saved(book: openpyxl.Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def one_form(book: openpyxl.Workbook | None = None) -> openpyxl.Workbook:
    book = book or openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("收入总表",), ("编制部门：某局", None, "单位：元"), ("项目", "预算数")):
        sheet.append(row)
    sheet.append(("代码", "金额", "占比"))
    sheet.append((2080501, 1234.5, 0.5))
    sheet["B5"].number_format = "#,##0.00"
    sheet["C5"].number_format = "0.00%"
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("B3:C3")
    for row in sheet["A3:C5"]:
        for cell in row:
            cell.border = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
    return book


def test_a_sheet_is_a_page_and_its_cells_keep_row_and_column() -> None:
    blocks = read_blocks(saved(one_form()), XLSX).blocks
    assert blocks == (
        Text("收入总表", 1, 1),
        Text("编制部门：某局", 2, 1),
        Text("单位：元", 2, 1),
        Grid(
            (
                (Cell("项目", 3, 0, 1), Cell("预算数", 3, 1, 1), Cell("", 3, 2, 1)),
                (Cell("代码", 4, 0, 1), Cell("金额", 4, 1, 1), Cell("占比", 4, 2, 1)),
                (Cell("2080501", 5, 0, 1), Cell("1,234.50", 5, 1, 1), Cell("50.00%", 5, 2, 1)),
            ),
            sheet_name="Sheet",
        ),
    )


def test_an_old_workbook_gives_the_same_blocks() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet")
    ruled = "borders: left thin, right thin, top thin, bottom thin"
    sheet.write_merge(0, 0, 0, 2, "收入总表")
    sheet.write(1, 0, "编制部门：某局")
    sheet.write(1, 2, "单位：元")
    sheet.write(2, 0, "项目", xlwt.easyxf(ruled))
    sheet.write_merge(2, 2, 1, 2, "预算数", xlwt.easyxf(ruled))
    for column, text in enumerate(("代码", "金额", "占比")):
        sheet.write(3, column, text, xlwt.easyxf(ruled))
    sheet.write(4, 0, 2080501, xlwt.easyxf(ruled))
    sheet.write(4, 1, 1234.5, xlwt.easyxf(ruled, num_format_str="#,##0.00"))
    sheet.write(4, 2, 0.5, xlwt.easyxf(ruled, num_format_str="0.00%"))
    file = io.BytesIO()
    book.save(file)
    data = file.getvalue()
    assert media_type(data) == XLS
    assert read_blocks(data, XLS).blocks == read_blocks(saved(one_form()), XLSX).blocks


def test_what_is_in_a_cell_is_what_is_seen() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("文本", "   201", "#REF!", True, 2995.3900000000003, "=1+1"))
    (grid,) = read_blocks(saved(book), XLSX).blocks
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.rows[0][:5]] == ["文本", "201", "#REF!", "TRUE", "2995.39"]
    # a formula of which no value is stored: worked out where that can be done, else it shows itself
    formula = grid.rows[0][5]
    assert (formula.text, formula.doubt) == (("2", None) if formulas.is_installed() else ("=1+1", "computed"))


def test_what_is_hidden_is_not_read_and_its_figures_are_told() -> None:
    book = one_form()
    hidden = book.create_sheet("底稿")
    hidden.append(("草稿", "1"))
    hidden.sheet_state = "hidden"
    shown = book.create_sheet("表2")
    for row in (("甲", "乙", "丙"), ("1", "2", "3"), ("4", "5", "6")):
        shown.append(row)
    shown.row_dimensions[2].hidden = True
    shown.column_dimensions["B"].hidden = True
    *_, last = read_blocks(saved(book), XLSX).blocks
    assert isinstance(last, Grid)
    assert [[cell.text for cell in row] for row in last.rows] == [["甲", "", "丙"], ["4", "", "6"]]
    unseen = sorted((cell.line_no, cell.field_no, cell.text, cell.doubt) for cell in last.unseen)
    assert unseen == [
        (1, 1, "乙", "hidden"),
        (2, 0, "1", "hidden"),
        (2, 1, "2", "hidden"),
        (2, 2, "3", "hidden"),
        (3, 1, "5", "hidden"),
    ]


def test_a_stray_cell_at_the_far_end_costs_nothing() -> None:
    book = one_form()
    sheet = book.active
    assert sheet is not None
    sheet["XFD1048576"].border = Border(left=THIN)
    assert len(read_blocks(saved(book), XLSX).blocks) == 4


@pytest.mark.parametrize(
    ("limit", "value"), [("MOST_CELLS", 3), ("MOST_STORED_CELLS", 3), ("MOST_SHEETS", 0)]
)
def test_a_workbook_larger_than_any_disclosure_is_refused(limit: str, value: int) -> None:
    with (
        mock.patch.object(workbook_rows, limit, value),
        pytest.raises(UnreadableDocumentError, match=r"more than|at most"),
    ):
        read_blocks(saved(one_form()), XLSX)


def test_a_damaged_workbook_is_refused_in_words() -> None:
    whole = saved(one_form())
    without_sheet = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as old, zipfile.ZipFile(without_sheet, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if name.endswith("sheet1.xml") else old.read(name))
    for data in (whole[: len(whole) // 2], without_sheet.getvalue(), b"PK\x03\x04"):
        with pytest.raises(UnreadableDocumentError, match="damaged"):
            read_blocks(data, XLSX)
    with pytest.raises(UnreadableDocumentError, match="damaged"):
        read_blocks(bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 2048, XLS)


def test_every_form_of_the_blank_template_has_its_title_unit_and_header(corpus: Path) -> None:
    data = (corpus / "xlsx" / "putuo-blank-template-2026-budget-department.xlsx").read_bytes()
    blocks = read_blocks(data, media_type(data)).blocks
    forms = [position for position, block in enumerate(blocks) if isinstance(block, Grid)]
    assert len(forms) == 9
    for position in forms:
        title, holder, unit, grid = blocks[position - 3 : position + 1]
        assert isinstance(title, Text)
        assert isinstance(holder, Text)
        assert isinstance(unit, Text)
        assert isinstance(grid, Grid)
        assert title.text.endswith("表")
        assert holder.text == "编制部门："
        assert unit.text in ("单位：元", "单位:万元")
        assert {len(row) for row in grid.rows} == {len(grid.rows[0])}
        assert grid.rows[0][0].text
