"""Blocks laid out as lines again: each text at the page, line and field that its record gives."""

from __future__ import annotations

from extract.blocks import Cell, Grid, Text
from extract.readers.laid_out import PrintedPage, pages_of


def row(page_no: int | None, line_no: int, *texts: str, first_field: int = 0) -> tuple[Cell, ...]:
    return tuple(Cell(text, line_no, field, page_no) for field, text in enumerate(texts, first_field))


def test_rows_are_lines_with_tabs_and_pages_stay_apart() -> None:
    blocks = [
        Text("收入决算表", 1, 1),
        Grid((row(1, 2, "201", "一般公共服务支出", "1.00"),)),
        Grid((row(2, 1, "208", "", "2.00"),)),
    ]
    assert pages_of(blocks) == (
        PrintedPage(1, ("收入决算表", "201\t一般公共服务支出\t1.00")),
        PrintedPage(2, ("208\t\t2.00",)),
    )


def test_a_sheet_keeps_its_blank_rows_and_columns() -> None:
    assert pages_of([Grid((row(1, 3, "合计", "1.00", first_field=2),))]) == (
        PrintedPage(1, ("", "", "\t\t合计\t1.00")),
    )


def test_two_captions_in_one_row_are_one_line() -> None:
    assert pages_of([Text("编制部门：某局", 2, 1), Text("单位：元", 2, 1)]) == (
        PrintedPage(1, ("", "编制部门：某局\t单位：元")),
    )


def test_a_document_without_pages_is_one() -> None:
    assert pages_of([Text("说明", 1), Text("收入", 2)]) == (PrintedPage(None, ("说明", "收入")),)
