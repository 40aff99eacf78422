"""Tables exported as text with commas, semicolons or bars between fields (CSV): told from prose by shape."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from extract.blocks import Block
from extract.numerals import is_amount
from extract.readers.printed_rows import PrintedCell, PrintedRow
from extract.readers.table_layout import split_rows

_DELIMITERS = (",", ";", "，", "|")
_FEWEST_FIELDS = 3
_FEWEST_ROWS = 3  # below each other with as many fields
_MOST_OF = 0.8  # of all rows with several fields stand in such tables
_SENTENCE_ENDS = "。！？"


class _Row(NamedTuple):
    """One row: the line it begins on, and its fields."""

    line_no: int
    fields: tuple[str, ...]


def read_delimited(text: str) -> tuple[Block, ...] | None:
    """Read a table in text; None where the text is none.

    Lines are numbered from 1 as in the file, fields from 0.
    """
    for delimiter in _DELIMITERS:
        if text.count(delimiter) < _FEWEST_ROWS * (_FEWEST_FIELDS - 1):
            continue
        rows = _rows(text, delimiter)
        if rows is not None and _is_table(rows):
            return split_rows([_printed(row) for row in rows])
    return None


def _rows(text: str, delimiter: str) -> list[_Row] | None:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[_Row] = []
    begins = 1
    try:
        for fields in reader:
            rows.append(_Row(begins, tuple(field.strip() for field in fields)))
            begins = reader.line_num + 1
    except csv.Error:  # a field longer than any cell
        return None
    return rows


def _is_table(rows: Sequence[_Row]) -> bool:
    """Whether most rows with several fields stand below others with as many, and figures among them."""
    several = sum(len(row.fields) > 1 for row in rows)
    in_tables = 0
    has_figures = False
    for count, group in groupby(rows, key=lambda row: len(row.fields)):
        of_table = list(group)
        if count >= _FEWEST_FIELDS and len(of_table) >= _FEWEST_ROWS:
            in_tables += len(of_table)
            has_figures = has_figures or any(is_amount(field) for row in of_table for field in row.fields)
    sentences = sum(any(end in field for end in _SENTENCE_ENDS) for row in rows for field in row.fields[1:])
    return has_figures and in_tables >= _MOST_OF * several and 2 * sentences < in_tables


def _printed(row: _Row) -> PrintedRow:
    cells = tuple(PrintedCell(field, column) for column, field in enumerate(row.fields) if field)
    return PrintedRow(row.line_no, cells, is_ruled=False)
