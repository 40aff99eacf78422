"""Workbooks of the Office Open XML format (.xlsx, .xlsm) to sheets of printed cells.

openpyxl streams the cells with their number formats and rules; it does not give merged cells while it
streams, python-calamine does; what neither says is read from the parts themselves. What openpyxl refuses and
calamine reads has no number formats, and nothing says which of its cells are seen: its figures are doubtful
where the workbook has anything that shows another figure than is stored, or none.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import unescape
from typing import Any, NamedTuple

import openpyxl
from lxml import etree
from openpyxl.cell.read_only import EmptyCell
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.exceptions import InvalidFileException
from python_calamine import CalamineError, CalamineWorkbook

from extract.blocks import NOTHING_READ, Doubt
from extract.faults import panics_unsaid
from extract.numerals import is_numeric_cell
from extract.readers import formulas
from extract.readers.conditional_formats import Looks, looks_in
from extract.readers.number_formats import displayed
from extract.readers.ooxml import rewritten
from extract.readers.reading import UnreadableDocumentError
from extract.readers.sheet_parts import SheetParts, as_transitional, sheet_parts, sheet_paths
from extract.readers.sheet_pictures import sheet_pictures
from extract.readers.workbook_rows import (
    PALEST,
    Counter,
    Merged,
    Raw,
    Sheet,
    Visible,
    check_extent,
    check_sheets,
    damaged,
    printed_rows,
    shown,
)
from extract.readers.workbooks import merged_by_calamine, read_by_calamine
from extract.readers.zipped import check_zip, what_figures_need

_STYLES = "xl/styles.xml"
_FORMAT_CODE = re.compile(rb'formatCode="([^"]*)"')
_FORMAT_NUMBER = re.compile(rb'numFmtId="(\d{1,3})"')
_ROW_NUMBER = re.compile(rb'<(?:\w+:)?row\s(?:[^>]*\s)?r="(\d{1,9})"')
_SAYS_HOW_IT_LOOKS = re.compile(r"xl/(?:styles|sharedStrings|worksheets/[^/]+)\.xml", re.IGNORECASE)
_UNSEEN = re.compile(
    rb'\bhidden="[1t]|zeroHeight="[1t]|\b(?:ht|width)="0|vertAlign|<(?:\w+:)?strike|'
    rb'<(?:\w+:)?color (?:rgb="..FFFFFF"|theme="0")'
)
_TRIED = (18_364_200.0, -18_364_200.0, 1836.42)
_NARROW = frozenset(",.-()'")  # hardly half as wide as a digit, in most fonts
_WIDTH_OF_NARROW = 0.45
_USUAL_FONT = 11.0
_FEWEST_BESIDE_PICTURE = 3  # cells of a row of a table that a picture in a cell may be one of
_WHAT_READERS_RAISE = (
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
    RuntimeError,
    etree.LxmlError,
)

_SMALLEST_FONT = 2.0  # points
_PAPER = (255, 255, 255)
_SHOWS_A_PICTURE = re.compile(r"=(?:_xlfn\.)?DISPIMG\(")

_Values = Mapping[tuple[str, int, int], object]
"""Values of formulas that were worked out, by sheet, row (from 1) and column (from 0)."""


class _Streamed(NamedTuple):
    """What was read of one sheet: its number, name, rows, and what it says beside them."""

    number: int
    name: str
    rows: list[tuple[int, list[Raw]]]
    parts: SheetParts


def read_xlsx(data: bytes) -> tuple[Sheet, ...]:
    """Read .xlsx and .xlsm.

    Raises:
        UnreadableDocumentError: when the file is damaged or larger than any disclosure.
    """
    check_zip(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            is_binary = "xl/workbook.bin" in archive.namelist()
        return read_by_calamine(data, "format") if is_binary else _read_openpyxl(data)
    except _WHAT_READERS_RAISE as error:
        if isinstance(error, UnreadableDocumentError):
            raise
        return _read_what_is_whole(data, damaged(error))


def _read_what_is_whole(data: bytes, refusal: UnreadableDocumentError) -> tuple[Sheet, ...]:
    """Read what openpyxl refuses: without what says nothing of figures, or else values alone.

    Raises ``refusal`` where nothing reads it, or nothing is found.
    """
    try:
        data = what_figures_need(data)
    except _WHAT_READERS_RAISE as error:
        raise refusal from error
    try:
        return _read_openpyxl(data)
    except _WHAT_READERS_RAISE as error:
        if isinstance(error, UnreadableDocumentError):
            raise
        return _read_without_formats(data, refusal)


def _read_without_formats(data: bytes, refusal: UnreadableDocumentError) -> tuple[Sheet, ...]:
    """Read values alone; raises ``refusal`` where calamine refuses, too, or finds nothing."""
    try:
        sheets = read_by_calamine(data, "format" if _shows_more_than_values(data) else None)
    except (UnreadableDocumentError, *_WHAT_READERS_RAISE) as error:
        raise refusal from error
    if not any(sheet.rows for sheet in sheets):
        raise refusal
    return sheets


def _shows_more_than_values(data: bytes) -> bool:
    """Whether a format of a workbook may show another figure than is stored, or something in it none."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {
            name: archive.read(name) for name in archive.namelist() if _SAYS_HOW_IT_LOOKS.fullmatch(name)
        }
    styles = [part for name, part in parts.items() if name.endswith("styles.xml")]
    codes = {
        unescape(code.decode("utf-8", "replace")) for part in styles for code in _FORMAT_CODE.findall(part)
    }
    codes |= {
        BUILTIN_FORMATS.get(int(number), "") for part in styles for number in _FORMAT_NUMBER.findall(part)
    }
    return any(map(_UNSEEN.search, parts.values())) or any(map(_shows_another_figure, codes))


def _shows_another_figure(code: str) -> bool:
    return any(displayed(value, code).stored is not None for value in _TRIED)


def _read_openpyxl(data: bytes) -> tuple[Sheet, ...]:
    data = rewritten(data, as_transitional)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    check_sheets(len(book.sheetnames))
    counter = Counter()
    streamed: list[_Streamed] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        paths = sheet_paths(data)
        visible = [
            (number, sheet)
            for number, sheet in enumerate(book.worksheets, start=1)
            if sheet.sheet_state == "visible"
        ]
        for _, sheet in visible:
            if paths.get(sheet.title) in archive.namelist():
                _check_order(archive.read(paths[sheet.title]))
        parts = [
            sheet_parts(archive, paths[sheet.title])
            if paths.get(sheet.title) in archive.namelist()
            else SheetParts()
            for _, sheet in visible
        ]
        pictures = {
            sheet.title: sheet_pictures(archive, paths[sheet.title]) if paths.get(sheet.title) else ()
            for _, sheet in visible
        }
        is_asked = any(of.conditions for of in parts) and _STYLES in archive.namelist()
        looks = looks_in(archive.read(_STYLES)) if is_asked else []
    parts = _with_zeros_in_doubt(parts)
    values = _computed(data, {sheet.title: of for (_, sheet), of in zip(visible, parts, strict=True)})
    for (number, sheet), of in zip(visible, parts, strict=True):
        sheet.reset_dimensions()
        rows = list(_rows(sheet, of, values, Looks(of.conditions, looks), counter))
        streamed.append(_Streamed(number, sheet.title, rows, of))
    # Only now: calamine lays a sheet out as a rectangle, and by now its cells are known to be few and near.
    for sheet_ in streamed:
        check_extent(sheet_.name, sheet_.rows)
    merged = _merged_by_calamine(data, [sheet.name for sheet in streamed])
    return tuple(
        Sheet(
            sheet.number,
            printed_rows(
                sheet.rows,
                merged[sheet.name],
                Visible(sheet.parts.hidden_rows, sheet.parts.hidden_columns, sheet.parts.widths),
            ),
            sheet.name,
            pictures[sheet.name],
        )
        for sheet in streamed
    )


def _with_zeros_in_doubt(parts: list[SheetParts]) -> list[SheetParts]:
    """Take zeros for no values where no formula has another one: what wrote them computes nothing."""
    if any(of.has_values for of in parts):
        return parts
    return [replace(of, not_computed={**of.not_computed, **of.zeros}) if of.zeros else of for of in parts]


def _computed(data: bytes, parts: Mapping[str, SheetParts]) -> _Values:
    """The values of formulas that have none stored; nothing where they cannot be computed."""
    lacking = {name: of.not_computed for name, of in parts.items() if of.not_computed}
    computed = formulas.computed(data) if lacking else None
    if computed is None:
        return {}
    book = openpyxl.load_workbook(io.BytesIO(computed), read_only=True, data_only=True)
    found: dict[tuple[str, int, int], object] = {}
    for name, cells in lacking.items():
        stored = (cell for row in _stored_rows(book[name].iter_rows()) for cell in row)
        for cell in stored:
            formula = cells.get((cell.row, cell.column - 1))
            if formula is not None and cell.value is not None and not formulas.is_volatile(formula):
                found[name, cell.row, cell.column - 1] = cell.value
    return found


def _check_order(xml: bytes) -> None:
    """Refuse a sheet in which a row comes twice: openpyxl leaves out the second, calamine the first."""
    last = 0
    for number in map(int, _ROW_NUMBER.findall(xml)):
        if number <= last:
            raise damaged(ValueError(f"several rows stand at one place, by row {number}"))
        last = number


def _rows(
    sheet: Any, parts: SheetParts, values: _Values, looks: Looks, counter: Counter
) -> Iterator[tuple[int, list[Raw]]]:
    usual = _USUAL_FONT
    for row in _stored_rows(sheet.iter_rows()):
        if len({cell.column for cell in row}) < len(row):
            raise damaged(ValueError(f"several cells of row {row[0].row} stand at one place"))
        raw = []
        for cell in row:
            border = cell.border
            left, right = _is_line(border.left), _is_line(border.right)
            text, doubt, stored, value = _of_cell(cell, sheet.title, parts, values, looks)
            if text or left or right:
                needs = _needed(text, cell, usual) if parts.widths and _is_number(value) else None
                raw.append(Raw(cell.column - 1, text, left, right, doubt, stored, needs))
        printed = sum(bool(cell.text) for cell in raw)
        if any(cell.doubt == "unread" for cell in raw) and printed < _FEWEST_BESIDE_PICTURE:
            raw = [cell for cell in raw if cell.doubt != "unread"]  # the picture itself is looked at
            printed = len(raw)
        counter.add(len(row), printed)
        if printed:
            yield row[0].row, raw


def _stored_rows(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[Any]]:
    for row in rows:
        stored = [cell for cell in row if not isinstance(cell, EmptyCell)]
        if stored:
            yield stored


def _of_cell(
    cell: Any, sheet: str, parts: SheetParts, values: _Values, looks: Looks
) -> tuple[str, Doubt | None, str | None, object]:
    """A cell's text, doubt and stored number, and its value. A formula without a value shows itself."""
    value = cell.value
    formula = parts.not_computed.get((cell.row, cell.column - 1)) if value is None or value == 0 else None
    if formula is not None and not _SHOWS_A_PICTURE.match(formula):
        value = values.get((sheet, cell.row, cell.column - 1), value)
        if value is None:
            return formula, "computed", None, None
    shown_formula = formula or (value if isinstance(value, str) else "")
    if _SHOWS_A_PICTURE.match(shown_formula):
        return NOTHING_READ, "unread", None, None
    number_format, seen = cell.number_format, None
    if _is_number(value):
        seen = looks.of(cell.row, cell.column - 1, float(value))
        if seen is not None and seen[1] and seen[0].number_format:
            number_format = seen[0].number_format
    text, doubt, stored = shown(value, number_format)
    if text and seen is not None and not seen[1]:
        doubt = doubt or "format"
    elif text and seen is not None and seen[0].is_unseen:
        doubt = "hidden"
    if formula is not None and not formulas.is_arithmetic(formula):
        doubt = doubt or "computed"
    if text and cell.font is not None and cell.font.strike:
        doubt = "struck"
    elif text and is_numeric_cell(text) and _is_unseen(cell):
        doubt = "hidden"
    return text, doubt, stored, value


def _is_unseen(cell: Any) -> bool:
    """Whether a cell is printed in the colour of its ground, white on white, or too small to be seen."""
    font, fill = cell.font, cell.fill
    if font is None:
        return False
    if font.sz is not None and font.sz <= _SMALLEST_FONT:
        return True
    is_filled = fill is not None and fill.fill_type not in (None, "none")
    ink = _channels(font.color)
    if is_filled:
        return ink is not None and fill.fill_type == "solid" and ink == _channels(fill.fgColor)
    return ink is not None and min(ink) >= PALEST


def _channels(colour: Any) -> tuple[int, ...] | None:
    """A colour as red, green and blue; None where a theme says it, but for the white that each has first."""
    if colour is None:
        return None
    if colour.type == "theme":
        return _PAPER if colour.theme == 0 and not colour.tint else None
    try:
        return tuple(bytes.fromhex(str(colour.rgb)))[-3:] if colour.type == "rgb" else None
    except ValueError:
        return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _needed(text: str, cell: Any, usual: float) -> float | None:
    """How many digits wide a number is; None for one that is made to fit, or that General would round."""
    alignment = cell.alignment
    if cell.number_format == "General" or (alignment is not None and alignment.shrink_to_fit):
        return None
    size = float(cell.font.sz or usual) if cell.font is not None else usual
    width = sum(_WIDTH_OF_NARROW if letter in _NARROW else 1.0 for letter in text)
    return width * min(size / usual, 1.0)


def _is_line(side: Any) -> bool:
    return side is not None and side.style not in (None, "none")


def _merged_by_calamine(data: bytes, titles: list[str]) -> dict[str, Merged]:
    with panics_unsaid():
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return {title: merged_by_calamine(book.get_sheet_by_name(title)) for title in titles}
