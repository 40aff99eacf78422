"""Workbooks of the OpenDocument format (.ods) to sheets of printed cells.

Their XML holds what each cell displays beside what it stores, so that is what is read. Repeated rows and
columns that hold nothing are counted and not laid out.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from extract.blocks import Doubt
from extract.folding import fold_number
from extract.numerals import is_amount, is_dash
from extract.readers.number_formats import MOST_SHARES, is_rounded, shows_fewer_digits, stored_number
from extract.readers.ooxml import parsed
from extract.readers.reading import MOST_COLUMNS
from extract.readers.workbook_rows import (
    Counter,
    Merged,
    Raw,
    Sheet,
    Visible,
    check_sheets,
    damaged,
    printed_rows,
)
from extract.readers.zipped import check_zip

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_LEFT_OUT = frozenset(
    (f"{_OFFICE}annotation", f"{_OFFICE}annotation-end", f"{_TEXT}note", f"{_TEXT}ruby-text")
)
_NOT_SEEN = ("collapse", "filter")
_MOST_REPEATED_ROWS = 1_000  # of rows that hold something
_ALMOST = Decimal("1.000000001")


def read_ods(data: bytes) -> tuple[Sheet, ...]:
    """Read .ods.

    Raises:
        UnreadableDocumentError: when the file is damaged or larger than any disclosure.
    """
    check_zip(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = parsed(archive.read("content.xml"))
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, etree.XMLSyntaxError) as error:
        raise damaged(error) from error
    tables = list(root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table"))
    check_sheets(len(tables))
    hidden = _hidden_styles(root)
    counter = Counter()
    return tuple(
        _sheet(number, table, counter)
        for number, table in enumerate(tables, start=1)
        if table.get(f"{_TABLE}style-name") not in hidden
    )


def _hidden_styles(root: etree._Element) -> set[str | None]:
    """The styles of sheets that are hidden."""
    return {
        style.get(f"{_STYLE}name")
        for style in root.iter(f"{_STYLE}style")
        if (said := style.find(f"{_STYLE}table-properties")) is not None
        and said.get(f"{_TABLE}display") == "false"
    }


def _sheet(number: int, table: etree._Element, counter: Counter) -> Sheet:
    rows: list[tuple[int, list[Raw]]] = []
    hidden: set[int] = set()
    merged: list[tuple[int, int, int, int]] = []
    line_no = 0
    for row, is_seen in _rows(table):
        repeated = _number(row, "number-rows-repeated")
        raw = list(_cells(row, line_no, merged))
        times = min(repeated, _MOST_REPEATED_ROWS) if raw else 0
        counter.add(len(row), len(raw) * times)
        for again in range(times):
            rows.append((line_no + again + 1, raw))
            if not is_seen:
                hidden.add(line_no + again + 1)
        line_no += repeated
    visible = Visible(frozenset(hidden), frozenset(_hidden_columns(table)))
    return Sheet(number, printed_rows(rows, Merged(merged), visible), table.get(f"{_TABLE}name", ""))


def _rows(parent: etree._Element, *, is_seen: bool = True) -> Iterator[tuple[etree._Element, bool]]:
    """The rows of a sheet, also those in groups, and whether each is seen."""
    for child in parent:
        if child.tag == f"{_TABLE}table-row":
            yield child, is_seen and child.get(f"{_TABLE}visibility") not in _NOT_SEEN
        elif child.tag in (f"{_TABLE}table-row-group", f"{_TABLE}table-header-rows", f"{_TABLE}table-rows"):
            yield from _rows(child, is_seen=is_seen and child.get(f"{_TABLE}display") != "false")


def _hidden_columns(table: etree._Element) -> Iterator[int]:
    column = 0
    for each in table.iter(f"{_TABLE}table-column"):
        repeated = min(_number(each, "number-columns-repeated"), MOST_COLUMNS)
        if each.get(f"{_TABLE}visibility") in _NOT_SEEN:
            yield from range(column, column + repeated)
        column += repeated


def _cells(row: etree._Element, row_no: int, merged: list[tuple[int, int, int, int]]) -> Iterator[Raw]:
    column = 0
    for cell in row.iterchildren(*_CELLS):
        repeated = _number(cell, "number-columns-repeated")
        text, doubt, stored = _shown(cell)
        is_covered = cell.tag == _CELLS[1]
        down, across = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
        if (down > 1 or across > 1) and not is_covered:
            merged.append((row_no, column, row_no + down, column + across))
        for again in range(min(repeated, MOST_COLUMNS) if text else 0):
            yield Raw(column + again, text, doubt="hidden" if is_covered else doubt, stored=stored)
        column += repeated


def _shown(cell: etree._Element) -> tuple[str, Doubt | None, str | None]:
    """What a cell displays, what is in doubt of it, and the stored number where that is another figure."""
    text = "\n".join("".join(_texts(each)) for each in cell.iterchildren(f"{_TEXT}p", f"{_TEXT}h")).strip()
    value, kind = cell.get(f"{_OFFICE}value"), cell.get(f"{_OFFICE}value-type")
    if value is None:
        return text, ("format" if kind in ("date", "time", "boolean") else None), None
    try:
        exact = Decimal(value)
    except InvalidOperation:
        return text, None, None
    if kind == "percentage":
        return text, ("format" if abs(exact) >= MOST_SHARES else None), None
    stored = stored_number(float(exact))
    if not text:
        return stored, "hidden", None
    if not _agrees(text, exact):
        return text, "format", stored
    return text, None, stored if is_amount(text) and shows_fewer_digits(text, exact) else None


def _texts(element: etree._Element) -> Iterable[str]:
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * min(_number(child, "c", _TEXT), 100)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in _LEFT_OUT:
            yield from _texts(child)
        yield child.tail or ""


def _agrees(text: str, exact: Decimal) -> bool:
    """Whether what is displayed is the stored number, rounded."""
    if not is_amount(text):
        return not is_dash(text) or exact == 0
    figure = fold_number(text).replace(",", "").rstrip("元万亿")
    return is_rounded(figure, exact, _ALMOST)


def _number(element: etree._Element, name: str, namespace: str = _TABLE) -> int:
    value = element.get(f"{namespace}{name}", "")
    return int(value) if value.isdecimal() and len(value) < 8 else 1
