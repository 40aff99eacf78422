"""A table as a file: CSV, an Excel workbook, or Parquet. Nothing in it is taken for a formula or a link."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import polars as pl
import xlsxwriter

from orchestration.exploring.asking import Answer
from orchestration.exporting.csv_cells import DANGEROUS, HARMLESS
from orchestration.exporting.workbooks import WORKBOOK_OPTIONS

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
_DANGEROUS, _HARMLESS = re.compile(DANGEROUS), re.compile(HARMLESS)
_DECIMAL = re.compile(r"DECIMAL\((\d+),\s*(\d+)\)")
_TYPES = {
    "BIGINT": pl.Int64,
    "INTEGER": pl.Int64,
    "BOOLEAN": pl.Boolean,
    "DOUBLE": pl.Float64,
    "DATE": pl.Date,
    "TIMESTAMP": pl.Datetime("us"),
}
_LONGEST_TEXT = 32_767  # of a cell in Excel


def saved(answer: Answer, titles: Sequence[str], form: str) -> bytes:
    """The bytes of a table; ``titles`` are what its columns are called. Parquet keeps the plain names.

    Raises:
        KeyError: for a format other than those of :data:`MEDIA_TYPES`.
    """
    return {"csv": _as_csv, "xlsx": _as_workbook, "parquet": _as_parquet}[form](answer, titles)


def _as_csv(answer: Answer, titles: Sequence[str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(_defused, titles))
    writer.writerows([_cell(value) for value in row] for row in answer.rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return _defused(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return _as_json(value)
    return "" if value is None else str(value)


def _defused(text: str) -> str:
    """The same rule as that of exported tables, see :mod:`orchestration.exporting.csv_cells`."""
    return f"'{text}" if _DANGEROUS.match(text) and not _HARMLESS.fullmatch(text) else text


def _as_workbook(answer: Answer, titles: Sequence[str]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {**WORKBOOK_OPTIONS, "in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        header = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        money = workbook.add_format({"num_format": "#,##0.00"})
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, header)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(answer.rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, bool):
                    sheet.write_boolean(number, column, value)
                elif isinstance(value, Decimal):
                    sheet.write_number(number, column, value, money)
                elif isinstance(value, int | float):
                    sheet.write_number(number, column, value)
                elif value is not None:
                    text = _as_json(value) if isinstance(value, list | dict) else str(value)
                    sheet.write_string(number, column, text[:_LONGEST_TEXT])
        if answer.rows:
            sheet.autofilter(0, 0, len(answer.rows), len(titles) - 1)
    return file.getvalue()


def _as_parquet(answer: Answer, titles: Sequence[str]) -> bytes:
    del titles
    schema = {name: _type(kind) for name, kind in zip(answer.names, answer.types, strict=True)}
    columns = {
        name: [_plain(row[number], schema[name]) for row in answer.rows]
        for number, name in enumerate(answer.names)
    }
    file = io.BytesIO()
    pl.DataFrame(columns, schema=schema).write_parquet(file)
    return file.getvalue()


def _type(kind: str) -> Any:
    if found := _DECIMAL.fullmatch(kind):
        return pl.Decimal(int(found[1]), int(found[2]))
    return _TYPES.get(kind, pl.String)


def _plain(value: Any, kind: Any) -> Any:
    if value is None or kind != pl.String or isinstance(value, str):
        return value
    return _as_json(value) if isinstance(value, list | dict) else str(value)


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
