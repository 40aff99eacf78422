"""One workbook per publisher, for people who work in spreadsheets.

Each sheet is a table of the marts (``workbook_sheets.csv``) with the rows of that publisher, under Chinese
names where the catalogue has them. Codes are text, money is numbers, years have no separators, and nothing is
taken for a formula or a link. The last sheet explains every column.

Tables are read once, sorted by publisher, and workbooks are written as the rows pass by, so neither a table
nor a workbook is ever whole in memory.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from orchestration.building.catalogue import Column, Relation
from orchestration.exporting.file_names import file_stems
from orchestration.home.durable import replacing
from orchestration.texts.quoting import identifier

NAMELESS = "未注明单位"
DICTIONARY_SHEET = "数据字典"
MOST_ROWS = 1_048_576  # of a sheet, its header among them
_LONGEST_TEXT = 32_767
_ROWS_AT_A_TIME = 5_000
_SHEETS_FILE = Path(__file__).with_name("workbook_sheets.csv")
WORKBOOK_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDTHS = {"VARCHAR": 24, "DECIMAL(20,2)": 18}
_USUAL_WIDTH = 12
_MONEY_TYPES = ("DECIMAL(20,2)", "DECIMAL(20,3)")
_PUBLISHER = "publisher_name"
_PRINTED_ORDER = ("fiscal_year", "stage", "document_id", "form_id", "page_no", "line_no", "row_no", "col_no")
_DICTIONARY_WIDTHS = (14, 22, 28, 60, 80)
_DICTIONARY_HEADER = ("工作表", "列名", "column", "说明", "description")

Row = tuple[Any, ...]


class TooManyRowsError(ValueError):
    """A sheet cannot hold what it should; the message names it."""


@dataclass(frozen=True, slots=True)
class _Formats:
    header: Format
    money: Format
    whole: Format
    text: Format


def shown_tables(relations: Sequence[Relation]) -> list[Relation]:
    """The tables of ``workbook_sheets.csv`` that were published, in its order."""
    by_name = {relation.full_name: relation for relation in relations}
    with _SHEETS_FILE.open(encoding="utf-8", newline="") as file:
        names = [row["relation"] for row in csv.DictReader(file)]
    return [by_name[name] for name in names if name in by_name]


def write_workbooks(
    connection: duckdb.DuckDBPyConnection, shown: Sequence[Relation], folder: Path
) -> Iterator[Path]:
    """Write a workbook for each publisher, and one for documents that name none; give each path when done.

    Raises :class:`TooManyRowsError` when a sheet would have more rows than a spreadsheet program can open.
    """
    publishers = _publishers(connection, shown)
    stems = file_stems([publisher or NAMELESS for publisher in publishers])
    streams = [_Stream(connection, relation) for relation in shown]
    for publisher in publishers:
        path = folder / f"{stems[publisher or NAMELESS]}.xlsx"
        with (
            replacing(path) as unfinished,
            closing(xlsxwriter.Workbook(str(unfinished), dict(WORKBOOK_OPTIONS))) as workbook,
        ):
            formats = _formats(workbook)
            for relation, stream in zip(shown, streams, strict=True):
                worksheet = workbook.add_worksheet(_name(relation))
                _write_sheet(worksheet, formats, relation, stream.rows_of(publisher))
            _write_dictionary(workbook.add_worksheet(DICTIONARY_SHEET), formats, shown)
        yield path


def _publishers(connection: duckdb.DuckDBPyConnection, shown: Sequence[Relation]) -> list[str | None]:
    """Everyone of whom a sheet has a row, in the order in which streams give them; None for nobody named."""
    everyone = " union ".join(f"select {_publisher(relation)} {_source(relation)}" for relation in shown)
    found = connection.execute(f"select * from ({everyone}) order by 1 nulls first").fetchall()
    return [publisher for (publisher,) in found]


class _Stream:
    """The rows of a table in the order of their publishers, which can be asked for in that order alone."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, relation: Relation) -> None:
        cursor = connection.cursor()
        columns = ", ".join(f"shown.{identifier(column.name)}" for column in relation.columns)
        order = ", ".join(["1 nulls first", *_as_printed(relation)])
        cursor.execute(f"select {_publisher(relation)}, {columns} {_source(relation)} order by {order}")
        rows = chain.from_iterable(iter(lambda: cursor.fetchmany(_ROWS_AT_A_TIME), []))
        self._groups = groupby(rows, key=lambda row: row[0])
        self._waiting = next(self._groups, None)

    def rows_of(self, publisher: str | None) -> Iterator[Row]:
        """The rows of a publisher, to be taken before those of the next."""
        if self._waiting is not None and self._waiting[0] == publisher:
            for _, *row in self._waiting[1]:
                yield tuple(row)
            self._waiting = next(self._groups, None)


def _publisher(relation: Relation) -> str:
    has_publisher = any(column.name == _PUBLISHER for column in relation.columns)
    return f"{'shown' if has_publisher else 'document'}.{_PUBLISHER}"


def _as_printed(relation: Relation) -> list[str]:
    """By year and document, and in it as printed."""
    names = {column.name for column in relation.columns}
    return [f"shown.{name}" for name in _PRINTED_ORDER if name in names]


def _source(relation: Relation) -> str:
    source = f"from {identifier(relation.schema, relation.name)} as shown"
    if _publisher(relation).startswith("shown"):
        return source
    return f"{source} left join marts.dim_document as document using (document_id)"


def _formats(workbook: xlsxwriter.Workbook) -> _Formats:
    return _Formats(
        header=workbook.add_format({"bold": True, "bg_color": "#DDE6F0", "text_wrap": True, "valign": "top"}),
        money=workbook.add_format({"num_format": "#,##0.00"}),
        whole=workbook.add_format({"num_format": "0"}),  # a year is 2024, not 2,024
        text=workbook.add_format({"num_format": "@"}),
    )


def _write_sheet(worksheet: Worksheet, formats: _Formats, relation: Relation, rows: Iterable[Row]) -> None:
    columns = relation.columns
    for number, column in enumerate(columns):
        worksheet.set_column(number, number, _WIDTHS.get(column.data_type, _USUAL_WIDTH))
    _write_header(worksheet, formats, [_name(column) for column in columns])
    last = 0
    for last, row in enumerate(rows, start=1):
        if last >= MOST_ROWS:
            raise TooManyRowsError(
                f"The sheet {_name(relation)} of one publisher would have more than {MOST_ROWS:,} rows. "
                f"No spreadsheet program opens that: export {relation.full_name} as csv or parquet."
            )
        for number, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write_cell(worksheet, formats, (last, number), column, value)
    worksheet.autofilter(0, 0, last, len(columns) - 1)
    worksheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})  # codes are meant to be text


def _write_dictionary(worksheet: Worksheet, formats: _Formats, shown: Sequence[Relation]) -> None:
    for number, width in enumerate(_DICTIONARY_WIDTHS):
        worksheet.set_column(number, number, width)
    _write_header(worksheet, formats, _DICTIONARY_HEADER)
    described = [(relation, column) for relation in shown for column in relation.columns]
    for number, (relation, column) in enumerate(described, start=1):
        words = column.description
        cells = (_name(relation), words.name_zh, column.name, words.chinese, words.english)
        for place, text in enumerate(cells):
            worksheet.write_string(number, place, text or "")
    worksheet.autofilter(0, 0, len(described), len(_DICTIONARY_HEADER) - 1)


def _write_header(worksheet: Worksheet, formats: _Formats, names: Sequence[str]) -> None:
    worksheet.freeze_panes(1, 0)
    for number, name in enumerate(names):
        worksheet.write_string(0, number, name, formats.header)


def _name(described: Relation | Column) -> str:
    """The Chinese name, or else the other one."""
    return described.description.name_zh or described.name


def _write_cell(
    worksheet: Worksheet, formats: _Formats, place: tuple[int, int], column: Column, value: object
) -> None:
    match value:
        case None:
            pass
        case bool():
            worksheet.write_boolean(*place, value)
        case Decimal() if column.data_type in _MONEY_TYPES:
            worksheet.write_number(*place, value, formats.money)
        case int():
            worksheet.write_number(*place, value, formats.whole)
        case float() | Decimal():
            worksheet.write_number(*place, value)
        case list():
            worksheet.write_string(*place, _cut("、".join(map(str, value))), formats.text)
        case _:
            worksheet.write_string(*place, _cut(str(value)), formats.text)


def _cut(text: str) -> str:
    """What fits into a cell; programs refuse a file with more."""
    return text if len(text) <= _LONGEST_TEXT else f"{text[: _LONGEST_TEXT - 1]}…"
