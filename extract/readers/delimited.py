"""Tables as text with commas, semicolons, bars (CSV) or gaps between fields: told from prose by shape."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, Protocol

from extract.blocks import Block
from extract.numerals import is_amount
from extract.readers.printed_rows import PrintedCell, PrintedRow
from extract.readers.table_layout import split_rows

_GAP = re.compile(r"(?<=\S)(?:[ \u00a0]{2,}|\u3000+)(?=\S)")
_DELIMITERS = (",", ";", "，", "|", "│", "┃", "^", "~")
_FEWEST_FIELDS = 3
_FEWEST_ROWS = 3  # below each other with as many fields
_MOST_OF = 0.8  # of all rows with several fields stand in such tables
_SENTENCE_ENDS = "。！？"
_IS_RULE = re.compile(r"[\s─-╿+=-]*")
_KEPT_AS_TEXT = re.compile(r"=\"([^\"]*)\"|'([-+(￥¥]?\d[\d,.]*\)?)")
_BEGINS = re.compile(r"[-+(￥¥]?\d{1,3}(?:,\d{3})*")
_CUT = re.compile(r"^\d{3}(?:\.\d+)?\s+\S*\d|\d\s+-?\d{1,3}$")
_GROUP = re.compile(r"\d{3}(?:\.\d+)?\)?")


class _Reader(Protocol):
    """A reader of :mod:`csv`."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]:
        """Give the fields of each row."""


class _Row(NamedTuple):
    """One row: the line it begins on, and its fields."""

    line_no: int
    fields: tuple[str, ...]


def read_delimited(text: str) -> tuple[Block, ...] | None:
    """Read a table in text; None where the text is none.

    Lines are numbered from 1 as in the file, fields from 0.
    """
    apart = _rows_of_gaps(text)
    if _is_table(apart, is_exact=True):
        return split_rows([_printed(row, is_joined=False) for row in apart])
    for delimiter in _DELIMITERS:
        if text.count(delimiter) < _FEWEST_ROWS * (_FEWEST_FIELDS - 1):
            continue
        rows = _rows(text, delimiter)
        is_joined = False
        if rows is not None and delimiter == ",":
            rows, is_joined = _with_thousands(rows)
        if rows is not None and _is_table(rows) and not _cuts_figures(rows):
            return split_rows([_printed(row, is_joined=is_joined) for row in rows])
    return None


def _rows_of_gaps(text: str) -> list[_Row]:
    """The lines of a text, with fields where two spaces or more part words."""
    return [
        _Row(number, tuple(_GAP.split(line.strip())))
        for number, line in enumerate(text.split("\n"), start=1)
        if line.strip() and not _IS_RULE.fullmatch(line.strip())
    ]


def _cuts_figures(rows: Sequence[_Row]) -> bool:
    """Whether fields hold ends of figures that their own thousands separators cut, beside other figures."""
    cut = sum(any(_CUT.search(field) for field in row.fields) for row in rows)
    return cut >= _FEWEST_ROWS and 2 * cut > sum(len(row.fields) > 1 for row in rows)


def _rows(text: str, delimiter: str) -> list[_Row] | None:
    quote = _quote(text, delimiter)
    try:
        lines = io.StringIO(text, newline="")
        return _parsed(csv.reader(lines, delimiter=delimiter, quotechar=quote, strict=True))
    except csv.Error:  # quotation marks that open and do not close, or a field longer than any cell
        bare = io.StringIO(text.replace(quote, ""), newline="")
        try:
            return _parsed(csv.reader(bare, delimiter=delimiter, quoting=csv.QUOTE_NONE))
        except csv.Error:
            return None


def _parsed(reader: _Reader) -> list[_Row]:
    rows: list[_Row] = []
    begins = 1
    for fields in reader:
        if not all(_IS_RULE.fullmatch(field) for field in fields) or not any(fields):
            rows.append(_Row(begins, tuple(_unwrapped(field.strip()) for field in fields)))
        begins = reader.line_num + 1
    return rows


def _quote(text: str, delimiter: str) -> str:
    """The sign around fields that hold delimiters: a double quotation mark, nearly always."""
    if '"' in text:
        return '"'
    edge = re.escape(delimiter)
    opened = len(re.findall(rf"(?m)(?:^|{edge})'(?=[^'\n]*'(?:{edge}|\r?$))", text))
    return "'" if opened and 2 * opened == text.count("'") else '"'


def _unwrapped(field: str) -> str:
    """A field without what keeps Excel from reading it as a number: ="1,836.42", '1,836.42."""
    kept = _KEPT_AS_TEXT.fullmatch(field)
    return (kept[1] or kept[2]) if kept else field


def _with_thousands(rows: list[_Row]) -> tuple[list[_Row], bool]:
    """Join figures that their own thousands separators cut in two, where rows are longer than their header.

    Tells whether any was joined: then no other row of the file tells by itself what its figures are.
    """
    joined: list[_Row] = []
    width, was_joined = 0, False
    for row in rows:
        if not any(is_amount(field) for field in row.fields) and sum(map(bool, row.fields)) >= _FEWEST_FIELDS:
            width = len(row.fields)
        fields = _joined(row.fields) if 0 < width < len(row.fields) else row.fields
        is_whole = len(fields) == width != len(row.fields)
        was_joined = was_joined or is_whole
        joined.append(row._replace(fields=fields) if is_whole else row)
    return joined, was_joined


def _joined(fields: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    for field in fields:
        if found and _GROUP.fullmatch(field) and _BEGINS.fullmatch(found[-1]):
            found[-1] += f",{field}"
        else:
            found.append(field)
    return tuple(found)


def _is_table(rows: Sequence[_Row], *, is_exact: bool = False) -> bool:
    """Whether most rows with several fields stand below others with as many, and figures among them.

    ``is_exact`` says that all must: where blanks are not to be seen, a row with less has lost its columns.
    """
    several = sum(len(row.fields) > 1 for row in rows)
    in_tables = 0
    has_figures = False
    for count, group in groupby(rows, key=lambda row: len(row.fields)):
        of_table = list(group)
        if count >= _FEWEST_FIELDS and len(of_table) >= _FEWEST_ROWS:
            in_tables += len(of_table)
            has_figures = has_figures or any(is_amount(field) for row in of_table for field in row.fields)
    if is_exact:
        return has_figures and in_tables == several
    if in_tables < _MOST_OF * several:
        in_tables = _in_ragged_tables(rows)
        has_figures = has_figures or in_tables > 0
    sentences = sum(any(end in field for end in _SENTENCE_ENDS) for row in rows for field in row.fields[1:])
    return has_figures and in_tables >= _MOST_OF * several and 2 * sentences < in_tables


def _in_ragged_tables(rows: Sequence[_Row]) -> int:
    """How many rows stand in tables whose last blank fields are left out: none is longer than the first."""
    found = 0
    for is_row, group in groupby(rows, key=lambda row: len(row.fields) > 1):
        of_table = list(group)
        first = len(of_table[0].fields)
        figures = sum(any(map(is_amount, row.fields)) for row in of_table)
        if (
            is_row
            and first >= _FEWEST_FIELDS
            and len(of_table) >= _FEWEST_ROWS
            and all(len(row.fields) <= first for row in of_table)
            and 2 * figures > len(of_table)
        ):
            found += len(of_table)
    return found


def _printed(row: _Row, *, is_joined: bool) -> PrintedRow:
    cells = tuple(
        PrintedCell(field, column, doubt="placed" if is_joined and is_amount(field) else None)
        for column, field in enumerate(row.fields)
        if field
    )
    return PrintedRow(row.line_no, cells, is_ruled=False)
