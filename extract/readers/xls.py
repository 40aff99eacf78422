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
from xlrd.compdoc import CompDoc, CompDocError

from extract.blocks import Doubt
from extract.numerals import is_numeric_cell
from extract.readers.date_formats import printed_date
from extract.readers.note_marks import is_note_mark
from extract.readers.number_formats import displayed, stored_number
from extract.readers.reading import UnreadableDocumentError
from extract.readers.workbook_rows import (
    PALEST,
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
_NOT_COMPUTED = "=?"  # xlrd does not tell the formula itself
_NO_WIDTH = 10  # of 1/256 of a digit
_SMALLEST_FONT = 40  # twentieths of a point
_RECORD = struct.Struct("<HH")
_HEAD_OF_FORMULA = struct.Struct("<HHHB5sH")  # row, column, format; kind of value …, whether it is no number
_TEXT, _EMPTY_TEXT = 0, 3  # kinds of values
_NO_NUMBER = 0xFFFF
_FORMULA, _TEXT_OF_FORMULA, _END = (0x0006, 0x0206, 0x0406), (0x0007, 0x0207), 0x000A
_BETWEEN_FORMULA_AND_TEXT = (0x04BC, 0x0221, 0x0236, 0x0021)  # shared formula, array, table
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
            printed_rows(_rows(book, sheet, counter, data), _merged(sheet), _visible(sheet)),
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


def _rows(book: Any, sheet: Any, counter: Counter, data: bytes) -> Iterator[tuple[int, list[Raw]]]:
    without_value = _without_value(book, sheet, data)
    for row_no in range(sheet.nrows):
        raw = []
        for column, cell in enumerate(sheet.row(row_no)):
            xf = book.xf_list[cell.xf_index]
            left, right = xf.border.left_line_style > 0, xf.border.right_line_style > 0
            text, doubt, stored = _shown(book, cell, book.format_map[xf.format_key].format_str)
            if cell.ctype == xlrd.XL_CELL_TEXT and (row_no, column) in sheet.rich_text_runlist_map:
                text = _without_marks(book, cell.value, xf, sheet.rich_text_runlist_map[row_no, column])
            if (row_no, column) in without_value:
                text, doubt, stored = _NOT_COMPUTED, "computed", None
            if text and book.font_list[xf.font_index].struck_out:
                doubt = "struck"
            elif text and is_numeric_cell(text) and _is_unseen(book, xf):
                doubt = "hidden"
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
                return stored_number(cell.value), "format", None
            return printed_date(when, number_format), "format", None
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


def _is_unseen(book: Any, xf: Any) -> bool:
    """Whether a cell is printed in the colour that it is filled with, or too small to be seen."""
    font = book.font_list[xf.font_index]
    if font.height and font.height <= _SMALLEST_FONT:
        return True
    colour = book.colour_map.get(font.colour_index)
    if colour is None:
        return False
    pattern = xf.background
    ground = book.colour_map.get(pattern.pattern_colour_index) if pattern.fill_pattern == 1 else None
    return bool(colour == ground) if ground is not None else min(colour) >= PALEST


def _without_value(book: Any, sheet: Any, data: bytes) -> frozenset[tuple[int, int]]:
    """The places of formulas that nobody computed: a text is said to be their value, and there is none.

    Programs that compute nothing write a text of nothing as the value of each; then no formula has another.

    Looked for where a text of nothing stands, as xlrd gives for them.
    """
    if not any(
        cell.ctype == xlrd.XL_CELL_TEXT and not cell.value
        for row_no in range(sheet.nrows)
        for cell in sheet.row(row_no)
    ):
        return frozenset()
    stream, at = _stream(data), book._sh_abs_posn[sheet.number]
    found: set[tuple[int, int]] = set()
    empty: set[tuple[int, int]] = set()  # of which the value is a text of nothing
    has_values = False
    waiting: tuple[int, int] | None = None
    while at + _RECORD.size <= len(stream):
        kind, length = _RECORD.unpack_from(stream, at)
        if waiting is not None and kind not in _BETWEEN_FORMULA_AND_TEXT:
            if kind in _TEXT_OF_FORMULA:
                has_values = True
            else:
                found.add(waiting)
            waiting = None
        if kind in _FORMULA and length >= _HEAD_OF_FORMULA.size:
            row, column, _, value, _, last = _HEAD_OF_FORMULA.unpack_from(stream, at + _RECORD.size)
            if last == _NO_NUMBER and value == _TEXT:
                waiting = row, column
            elif last == _NO_NUMBER and value == _EMPTY_TEXT:
                empty.add((row, column))
            else:
                has_values = True
        elif kind == _END:
            break
        at += _RECORD.size + length
    return frozenset(found if has_values else found | empty)


def _stream(data: bytes) -> bytes:
    """The stream of records that the sheets of a workbook are, as xlrd lays it out."""
    if not data.startswith(_CONTAINER):
        return data
    container = CompDoc(data, logfile=io.StringIO())
    for name in ("Workbook", "Book"):
        found = container.locate_named_stream(name)
        if found[0]:
            return bytes(found[0])
    return b""


def _merged(sheet: Any) -> Merged:
    return Merged((top, left, bottom, right) for top, bottom, left, right in sheet.merged_cells)


def _visible(sheet: Any) -> Visible:
    return Visible(
        frozenset(
            row + 1
            for row, info in sheet.rowinfo_map.items()
            if info.hidden or (info.height_mismatch and info.height == 0)
        ),
        frozenset(
            column for column, info in sheet.colinfo_map.items() if info.hidden or info.width <= _NO_WIDTH
        ),
    )
