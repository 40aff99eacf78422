"""Workbook files to sheets of printed cells: .xlsx and .xlsm, .xls and .et, .ods and .xlsb.

Three libraries, each for what it alone does well. openpyxl streams .xlsx and knows each cell's number format
and rules; it does not give merged cells while it streams, python-calamine does. xlrd knows formats and rules
of .xls. calamine reads the rest, without formats.

Hidden sheets are not published and left out; hidden rows and columns are kept, for they hold figures that
totals add up. A formula gives the value that was stored with it, and a blank where none was stored.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import openpyxl
import xlrd
from openpyxl.cell.read_only import EmptyCell
from openpyxl.utils.exceptions import InvalidFileException
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from extract.readers.number_formats import printed_date, printed_number, stored_number
from extract.readers.reading import MOST_CELLS, UnreadableDocumentError
from extract.readers.table_layout import PrintedCell, PrintedRow
from extract.readers.zipped import check_zip

MOST_SHEETS = 500
MOST_STORED_CELLS = 20_000_000  # a whole sheet of formatted, empty rows: a million rows of some columns
_FEWEST_EDGES = 2  # a row between two vertical rules is one of a table

Merged = Mapping[tuple[int, int], int]  # 0-based (row, column) of the top left cell: columns it covers


class Sheet(NamedTuple):
    """One visible sheet: its 1-based number in the workbook, its rows and its name."""

    number: int
    rows: tuple[PrintedRow, ...]
    name: str


class _Raw(NamedTuple):
    """One stored cell of a row: 0-based column, text as printed, whether it has a rule left and right."""

    column: int
    text: str
    has_left: bool = False
    has_right: bool = False


class _Counter:
    """Counts the cells of a workbook and refuses one that is no disclosure."""

    def __init__(self) -> None:
        self.printed = self.stored = 0

    def add(self, stored: int, printed: int) -> None:
        self.stored += stored
        self.printed += printed
        if self.printed > MOST_CELLS or self.stored > MOST_STORED_CELLS:
            raise UnreadableDocumentError(
                f"the workbook holds more than {MOST_CELLS:,} printed or {MOST_STORED_CELLS:,} "
                "stored cells; a disclosure has some thousands: export the sheets that are the disclosure"
            )


def read_xlsx(data: bytes) -> tuple[Sheet, ...]:
    """Read .xlsx and .xlsm.

    Raises:
        UnreadableDocumentError: when the file is damaged or larger than any disclosure.
    """
    check_zip(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            is_binary = "xl/workbook.bin" in archive.namelist()
        return read_by_calamine(data) if is_binary else _read_openpyxl(data)
    except (
        zipfile.BadZipFile,
        zlib.error,
        InvalidFileException,
        CalamineError,
        KeyError,
        ValueError,
        TypeError,
        IndexError,
        AttributeError,
        SyntaxError,  # what XML parsers raise
        EOFError,
        OSError,
        NotImplementedError,
    ) as error:
        if isinstance(error, UnreadableDocumentError):
            raise
        raise _damaged(error) from error


def _read_openpyxl(data: bytes) -> tuple[Sheet, ...]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    _check_sheets(len(book.sheetnames))
    counter = _Counter()
    sheets = []
    for number, sheet in enumerate(book.worksheets, start=1):
        if sheet.sheet_state == "visible":
            sheet.reset_dimensions()
            rows = list(_streamed(sheet.iter_rows(), counter))
            sheets.append((number, sheet.title, rows))
    # Only now: calamine lays a sheet out as a rectangle, and by now its cells are known to be few.
    merged = _merged_by_calamine(data, [title for _, title, _ in sheets])
    return tuple(Sheet(number, _printed(rows, merged[title]), title) for number, title, rows in sheets)


def _streamed(rows: Iterable[tuple[Any, ...]], counter: _Counter) -> Iterator[tuple[int, list[_Raw]]]:
    for row in rows:
        stored = [cell for cell in row if not isinstance(cell, EmptyCell)]
        raw = []
        for cell in stored:
            border = cell.border
            left, right = _is_line(border.left), _is_line(border.right)
            text = _text(cell.value, cell.number_format)
            if text or left or right:
                raw.append(_Raw(cell.column - 1, text, left, right))
        printed = sum(bool(cell.text) for cell in raw)
        counter.add(len(stored), printed)
        if printed:
            yield stored[0].row, raw


def _is_line(side: Any) -> bool:
    return side is not None and side.style not in (None, "none")


def _text(value: object, number_format: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return printed_number(value, number_format)
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return printed_date(value, number_format)
    return str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()


def _merged_by_calamine(data: bytes, titles: list[str]) -> dict[str, Merged]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        title: {
            start: end[1] - start[1] + 1
            for start, end in book.get_sheet_by_name(title).merged_cell_ranges or ()
        }
        for title in titles
    }


def read_xls(data: bytes) -> tuple[Sheet, ...]:
    """Read .xls, and .et where it is the same format under another name.

    Raises:
        UnreadableDocumentError: when the file is damaged, locked by a password or larger than any disclosure.
    """
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        _check_sheets(book.nsheets)
        counter = _Counter()
        return tuple(
            Sheet(number, _printed(_xls_rows(book, sheet, counter), _xls_merged(sheet)), sheet.name)
            for number, sheet in enumerate(book.sheets(), start=1)
            if sheet.visibility == 0
        )
    except (
        XLRDError,
        CompDocError,
        struct.error,
        AssertionError,
        IndexError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        OverflowError,
    ) as error:
        if isinstance(error, UnreadableDocumentError):
            raise
        if "encrypted" in str(error):
            raise UnreadableDocumentError(
                "the workbook is locked by a password; save it without one"
            ) from error
        raise _damaged(error) from error


def _xls_rows(book: Any, sheet: Any, counter: _Counter) -> Iterator[tuple[int, list[_Raw]]]:
    for row_no in range(sheet.nrows):
        raw = []
        for column, cell in enumerate(sheet.row(row_no)):
            xf = book.xf_list[cell.xf_index]
            left, right = xf.border.left_line_style > 0, xf.border.right_line_style > 0
            text = _xls_text(book, cell, book.format_map[xf.format_key].format_str)
            if text or left or right:
                raw.append(_Raw(column, text, left, right))
        printed = sum(bool(cell.text) for cell in raw)
        counter.add(sheet.row_len(row_no), printed)
        if printed:
            yield row_no + 1, raw


def _xls_text(book: Any, cell: Any, number_format: str) -> str:
    match cell.ctype:
        case xlrd.XL_CELL_NUMBER:
            return printed_number(cell.value, number_format)
        case xlrd.XL_CELL_DATE:
            try:
                when = xlrd.xldate_as_datetime(cell.value, book.datemode)
            except (xlrd.XLDateError, OverflowError):
                return stored_number(cell.value)
            return printed_date(when, number_format)
        case xlrd.XL_CELL_BOOLEAN:
            return "TRUE" if cell.value else "FALSE"
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#N/A"))
        case _:
            return str(cell.value).strip()


def _xls_merged(sheet: Any) -> Merged:
    return {(top, left): right - left for top, _, left, right in sheet.merged_cells}


def read_by_calamine(data: bytes) -> tuple[Sheet, ...]:
    """Read .ods and .xlsb: values without number formats and without rules.

    Raises:
        UnreadableDocumentError: when the file is damaged or larger than any disclosure.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        _check_sheets(len(book.sheet_names))
        counter = _Counter()
        return tuple(
            Sheet(number, _calamine_rows(book.get_sheet_by_name(meta.name), counter), meta.name)
            for number, meta in enumerate(book.sheets_metadata, start=1)
            if meta.visible == SheetVisibleEnum.Visible
        )
    except (CalamineError, OSError) as error:
        raise _damaged(error) from error


def _calamine_rows(sheet: Any, counter: _Counter) -> tuple[PrintedRow, ...]:
    counter.add(sheet.total_height * sheet.total_width, 0)
    top, left = sheet.start or (0, 0)

    def rows() -> Iterator[tuple[int, list[_Raw]]]:
        for offset, row in enumerate(sheet.to_python(skip_empty_area=True)):
            raw = [
                _Raw(left + position, text)
                for position, value in enumerate(row)
                if (text := _text(value, "General"))
            ]
            counter.add(0, len(raw))
            if raw:
                yield top + offset + 1, raw

    merged = {start: end[1] - start[1] + 1 for start, end in sheet.merged_cell_ranges or ()}
    return _printed(rows(), merged)


def _printed(rows: Iterable[tuple[int, list[_Raw]]], merged: Merged) -> tuple[PrintedRow, ...]:
    return tuple(_printed_row(line_no, raw, merged) for line_no, raw in rows)


def _printed_row(line_no: int, raw: list[_Raw], merged: Merged) -> PrintedRow:
    cells = tuple(
        PrintedCell(cell.text, cell.column, merged.get((line_no - 1, cell.column), 1))
        for cell in raw
        if cell.text
    )
    edges = {cell.column for cell in raw if cell.has_left} | {
        cell.column + 1 for cell in raw if cell.has_right
    }
    is_ruled = len(edges) >= _FEWEST_EDGES
    return PrintedRow(line_no, cells, is_ruled, (min(edges), max(edges)) if is_ruled else None)


def _check_sheets(count: int) -> None:
    if count > MOST_SHEETS:
        raise UnreadableDocumentError(f"the workbook has {count} sheets; at most {MOST_SHEETS} are read")


def _damaged(error: Exception) -> UnreadableDocumentError:
    return UnreadableDocumentError(
        f"the workbook is damaged or is not what its bytes say ({type(error).__name__}: {error}); "
        "open it and save it again as .xlsx"
    )
