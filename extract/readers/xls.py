"""Workbooks of the old binary formats (.xls, .et; BIFF5 and BIFF8) to sheets of printed cells, by xlrd.

What xlrd refuses and calamine reads has no number formats, and nothing tells which there are: its figures are
doubtful.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from typing import Any

import xlrd
from xlrd.biffh import XLRDError
from xlrd.compdoc import CompDocError

from extract.blocks import Doubt
from extract.numerals import is_numeric_cell
from extract.readers.date_formats import printed_date
from extract.readers.note_marks import is_note_mark
from extract.readers.number_formats import displayed, stored_number
from extract.readers.reading import UnreadableDocumentError
from extract.readers.workbook_rows import (
    Counter,
    Merged,
    Raw,
    Sheet,
    Visible,
    check_sheets,
    damaged,
    of_number,
    printed_rows,
)
from extract.readers.workbooks import read_by_calamine
from extract.readers.xls_pictures import sheets_with_pictures

_CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1")  # a file without it is the bare stream of BIFF5 or before
_RAISED = (1, 2)  # superscript, subscript
_WHAT_XLRD_RAISES = (
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
    RecursionError,
)


def read_xls(data: bytes) -> tuple[Sheet, ...]:
    """Read .xls, and .et where it is the same format under another name.

    Raises:
        UnreadableDocumentError: when the file is damaged, locked by a password or larger than any disclosure.
    """
    try:
        return _read_xlrd(data)
    except _WHAT_XLRD_RAISES as error:
        if isinstance(error, UnreadableDocumentError):
            raise
        if "encrypted" in str(error):
            raise UnreadableDocumentError(
                "the workbook is locked by a password; save it without one"
            ) from error
        return _read_without_formats(data, damaged(error))


def _read_without_formats(data: bytes, refusal: UnreadableDocumentError) -> tuple[Sheet, ...]:
    try:
        sheets = read_by_calamine(data, "format")
    except UnreadableDocumentError as error:
        raise refusal from error
    if not any(sheet.rows for sheet in sheets):
        raise refusal
    return sheets


def _read_xlrd(data: bytes) -> tuple[Sheet, ...]:
    book = xlrd.open_workbook(
        file_contents=data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
    )
    check_sheets(book.nsheets)
    counter = Counter()
    sheets = [
        Sheet(
            number,
            printed_rows(_rows(book, sheet, counter), _merged(sheet), _visible(sheet)),
            sheet.name,
        )
        for number, sheet in enumerate(book.sheets(), start=1)
        if sheet.visibility == 0
    ]
    without = [sheet.number for sheet in sheets if not _has_figures(sheet)]
    pictured = sheets_with_pictures(data) & set(without) if without and data.startswith(_CONTAINER) else ()
    return tuple(sheet._replace(is_unread=sheet.number in pictured) for sheet in sheets)


def _has_figures(sheet: Sheet) -> bool:
    return any(is_numeric_cell(cell.text) for row in sheet.rows for cell in row.cells)


def _rows(book: Any, sheet: Any, counter: Counter) -> Iterator[tuple[int, list[Raw]]]:
    for row_no in range(sheet.nrows):
        raw = []
        for column, cell in enumerate(sheet.row(row_no)):
            xf = book.xf_list[cell.xf_index]
            left, right = xf.border.left_line_style > 0, xf.border.right_line_style > 0
            text, doubt, stored = _shown(book, cell, book.format_map[xf.format_key].format_str)
            if cell.ctype == xlrd.XL_CELL_TEXT and (row_no, column) in sheet.rich_text_runlist_map:
                text = _without_marks(book, cell.value, xf, sheet.rich_text_runlist_map[row_no, column])
            if text and book.font_list[xf.font_index].struck_out:
                doubt = "struck"
            if text or left or right:
                raw.append(Raw(column, text, left, right, doubt, stored))
        printed = sum(bool(cell.text) for cell in raw)
        counter.add(sheet.row_len(row_no), printed)
        if printed:
            yield row_no + 1, raw


def _shown(book: Any, cell: Any, number_format: str) -> tuple[str, Doubt | None, str | None]:
    match cell.ctype:
        case xlrd.XL_CELL_NUMBER:
            return of_number(displayed(cell.value, number_format))
        case xlrd.XL_CELL_DATE:
            try:
                when = xlrd.xldate_as_datetime(cell.value, book.datemode)
            except (xlrd.XLDateError, OverflowError):
                return stored_number(cell.value), None, None
            return printed_date(when, number_format), None, None
        case xlrd.XL_CELL_BOOLEAN:
            return ("TRUE" if cell.value else "FALSE"), None, None
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#N/A")), None, None
        case _:
            return str(cell.value).strip(), None, None


def _without_marks(book: Any, text: str, xf: Any, runs: list[tuple[int, int]]) -> str:
    """Leave out raised marks of notes and what is struck out; a run goes from its offset to the next."""
    starts = [(0, xf.font_index), *runs]
    kept = ""
    for (start, font_index), (end, _) in zip(starts, [*starts[1:], (len(text), 0)], strict=True):
        font, part = book.font_list[font_index], text[start:end]
        if font.struck_out or (font.escapement in _RAISED and is_note_mark(part, kept)):
            continue
        kept += part
    return kept.strip()


def _merged(sheet: Any) -> Merged:
    return {(top, left): right - left for top, _, left, right in sheet.merged_cells}


def _visible(sheet: Any) -> Visible:
    return Visible(
        frozenset(row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden),
        frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
    )
