"""Content as a workbook: a sheet after each break, merged cells, numbers as they are printed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from tests.typesetting.content import Break, Content, Paragraph, Place, Table

_NUMBER = re.compile(r"-?(?P<whole>\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(?:\.(?P<cents>\d+))?")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31
_THIN = Border(*(Side(style="thin") for _ in range(4)))


def as_xlsx(content: Content) -> bytes:
    """Typeset content as .xlsx."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row, item in rows_of_sheets(content):
        if isinstance(item, Break):
            sheet = _next_sheet(book, sheet, item.name)
            continue
        if isinstance(item, Paragraph):
            sheet.cell(row, 1, item.text)
            continue
        for place in item.places:
            top, left = row + place.row, 1 + place.column
            bottom, right = top + place.row_span - 1, left + place.column_span - 1
            if place.text:
                value, number_format = _value(place.text)
                sheet.cell(top, left, value).number_format = number_format
            ruled = _THIN if item.is_ruled else Border()
            for covered in sheet.iter_rows(top, bottom, left, right):
                for cell in covered:
                    cell.border = ruled
            if (bottom, right) != (top, left):
                sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _next_sheet(book: Workbook, sheet: Worksheet, name: str) -> Worksheet:
    """A new sheet; the first one gets the name while nothing is on it."""
    named = _NOT_IN_NAMES.sub("", name)[:LONGEST_NAME]
    if sheet.max_row > 1 or sheet["A1"].value is not None:
        return book.create_sheet(named or None)
    sheet.title = named or sheet.title
    return sheet


def as_xls(content: Content) -> bytes:
    """Typeset content as .xls, on one sheet."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    ruled = xlwt.Borders()
    ruled.left = ruled.right = ruled.top = ruled.bottom = xlwt.Borders.THIN
    styles: dict[str, xlwt.XFStyle] = {}
    for row, item in rows_of_sheets(content):
        if isinstance(item, Break):
            continue
        if isinstance(item, Paragraph):
            sheet.write(row - 1, 0, item.text)
            continue
        for place in item.places:
            value, number_format = _value(place.text)
            style = styles.setdefault(number_format, xlwt.XFStyle())
            style.num_format_str, style.borders = number_format, ruled
            top, left = row - 1 + place.row, place.column
            _write(sheet, place, top, left, value, style)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _write(
    sheet: xlwt.Worksheet, place: Place, top: int, left: int, value: str | float, style: xlwt.XFStyle
) -> None:
    if place.row_span > 1 or place.column_span > 1:
        bottom, right = top + place.row_span - 1, left + place.column_span - 1
        sheet.write_merge(top, bottom, left, right, value, style)
    else:
        sheet.write(top, left, value, style)


def rows_of_sheets(content: Content) -> Iterator[tuple[int, Paragraph | Table | Break]]:
    """Each item with the 1-based row it begins in on its sheet; a blank row below each table."""
    row = 1
    for item in content:
        yield row, item
        if isinstance(item, Break):
            row = 1
            continue
        row += 1 if isinstance(item, Paragraph) else item.height + 1


def _value(text: str) -> tuple[str | float, str]:
    """A text as a cell's value and number format: what looks like money is a number, codes stay text."""
    printed = _NUMBER.fullmatch(text)
    if not printed or (printed.group("cents") is None and "," not in text):
        return text, "General"
    decimals = "." + "0" * len(printed.group("cents")) if printed.group("cents") else ""
    return float(text.replace(",", "")), ("#,##0" if "," in text else "0") + decimals
