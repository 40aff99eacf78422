"""Stored cells of workbooks to printed rows, whatever the format: what is visible, ruled and merged."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from extract.blocks import Doubt
from extract.readers.date_formats import printed_date
from extract.readers.number_formats import Displayed, displayed
from extract.readers.printed_rows import PrintedCell, PrintedRow
from extract.readers.reading import MOST_CELLS, UnreadableDocumentError
from extract.readers.sheet_pictures import SheetPicture

MOST_SHEETS = 500
MOST_STORED_CELLS = 20_000_000  # a whole sheet of formatted, empty rows: a million rows of some columns
SEAM_IN_XML = "\u2063"  # parts of a text meet that are printed in other sizes, or may be decimals
_ACROSS_SEAM = re.compile(f"\\d{SEAM_IN_XML}(?:\\d|$)")
PALEST = 0xF5  # of each colour, on white paper: nobody sees what is paler
_FEWEST_EDGES = 2  # a row between two vertical rules is one of a table


class Merged:
    """Merged cells of a sheet, each as its first row and column and those after its last, from 0."""

    def __init__(self, ranges: Iterable[tuple[int, int, int, int]] = ()) -> None:
        """Note where each begins; what lies under it is told row by row."""
        self._ranges = sorted(ranges)
        self._widths = {(top, left): right - left for top, left, _, right in self._ranges}
        self._row = self._next = 0
        self._here: list[tuple[int, int, int, int]] = []  # those that the row reached last lies in

    def width(self, row: int, column: int) -> int:
        """How many columns a cell covers."""
        return self._widths.get((row, column), 1)

    def covers(self, row: int, column: int) -> bool:
        """Whether a cell lies under another: nobody sees what it holds. Rows are asked for in order."""
        if row != self._row:
            self._here = [each for each in self._here if each[2] > row]
            self._row = row
        while self._next < len(self._ranges) and self._ranges[self._next][0] <= row:
            self._here.append(self._ranges[self._next])
            self._next += 1
        return (row, column) not in self._widths and any(
            left <= column < right for _, left, bottom, right in self._here if bottom > row
        )


class Sheet(NamedTuple):
    """One visible sheet: its 1-based number in the workbook, its rows, its name and its pictures.

    ``is_unread`` says that there are pictures on it which cannot be read.
    """

    number: int
    rows: tuple[PrintedRow, ...]
    name: str
    pictures: tuple[SheetPicture, ...] = ()
    is_unread: bool = False


class Raw(NamedTuple):
    """One stored cell of a row: 0-based column, text as printed, whether it has a rule left and right.

    ``stored`` is the number behind the text where that is another figure. ``needs`` is how wide a number is,
    in digits of the sheet's own font; None for what is no number.
    """

    column: int
    text: str
    has_left: bool = False
    has_right: bool = False
    doubt: Doubt | None = None
    stored: str | None = None
    needs: float | None = None


class Visible(NamedTuple):
    """What a sheet hides, and how wide its columns were set, in digits; rows from 1, columns from 0."""

    hidden_rows: Collection[int] = frozenset()
    hidden_columns: Collection[int] = frozenset()
    widths: Mapping[int, float] = {}


ALL_VISIBLE = Visible()


class Counter:
    """Counts the cells of a workbook and refuses one that is no disclosure."""

    def __init__(self) -> None:
        self.printed = self.stored = 0

    def add(self, stored: int, printed: int) -> None:
        """Count cells; raises UnreadableDocumentError where they are too many."""
        self.stored += stored
        self.printed += printed
        if self.printed > MOST_CELLS or self.stored > MOST_STORED_CELLS:
            raise UnreadableDocumentError(
                f"the workbook holds more than {MOST_CELLS:,} printed or {MOST_STORED_CELLS:,} "
                "stored cells; a disclosure has some thousands: export the sheets that are the disclosure"
            )


def shown(value: object, number_format: str) -> tuple[str, Doubt | None, str | None]:
    """Give a value as printed, with its doubt and the stored number where a person sees another figure."""
    if value is None:
        return "", None, None
    if isinstance(value, bool):
        return ("TRUE" if value else "FALSE"), "format", None
    if isinstance(value, int | float):
        return of_number(displayed(value, number_format))
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return printed_date(value, number_format), "format", None  # perhaps a figure under a wrong format
    text = str(value).replace("\r\n", "\n").replace("_x000D_", "").strip()
    if SEAM_IN_XML not in text:
        return text, None, None
    doubt: Doubt | None = "glued" if _ACROSS_SEAM.search(text) else None
    return text.replace(SEAM_IN_XML, ""), doubt, None


def of_number(seen: Displayed) -> tuple[str, Doubt | None, str | None]:
    """Give a displayed number with its doubt. One that a format shows as nothing is a hidden one."""
    if seen.is_doubtful and not seen.text:
        return seen.stored or "", "hidden", None
    return seen.text, ("format" if seen.is_doubtful else None), seen.stored


def printed_rows(
    rows: Iterable[tuple[int, list[Raw]]], merged: Merged, visible: Visible = ALL_VISIBLE
) -> tuple[PrintedRow, ...]:
    """Give the rows that a person sees. What is hidden or struck out goes with the row above it, unseen."""
    printed: list[PrintedRow] = []
    unseen: list[list[PrintedCell]] = []  # of each of them
    unplaced: list[PrintedCell] = []
    hidden_above = 0
    for line_no, raw in rows:
        if line_no in visible.hidden_rows:
            above = unseen[-1] if unseen else unplaced
            above.extend(_unseen(cell, line_no, "hidden") for cell in raw if cell.text)
            hidden_above += 1
            continue
        row = _printed_row(line_no, raw, merged, visible)
        printed.append(row._replace(hidden_above=hidden_above))
        unseen.append([*unplaced, *row.unseen])
        unplaced, hidden_above = [], 0
    return tuple(row._replace(unseen=tuple(cells)) for row, cells in zip(printed, unseen, strict=True))


def _printed_row(line_no: int, raw: list[Raw], merged: Merged, visible: Visible) -> PrintedRow:
    cells: list[PrintedCell] = []
    unseen: list[PrintedCell] = []
    for cell in raw:
        if not cell.text:
            continue
        width = merged.width(line_no - 1, cell.column)
        columns = range(cell.column, cell.column + width)
        is_covered = merged.covers(line_no - 1, cell.column)
        if is_covered or all(column in visible.hidden_columns for column in columns):
            unseen.append(_unseen(cell, line_no, "hidden"))
        elif cell.doubt in ("hidden", "struck"):
            unseen.append(_unseen(cell, line_no, cell.doubt))
        else:
            doubt = cell.doubt or ("hidden" if _is_too_wide(cell, columns, visible.widths) else None)
            cells.append(PrintedCell(cell.text, cell.column, width, doubt, cell.stored))
    edges = {cell.column for cell in raw if cell.has_left} | {
        cell.column + 1 for cell in raw if cell.has_right
    }
    is_ruled = len(edges) >= _FEWEST_EDGES
    return PrintedRow(
        line_no,
        tuple(cells),
        is_ruled,
        (min(edges), max(edges)) if is_ruled else None,
        unseen=tuple(unseen),
    )


def _unseen(cell: Raw, line_no: int, doubt: Doubt) -> PrintedCell:
    return PrintedCell(cell.text, cell.column, 1, doubt, line_no=line_no)


def _is_too_wide(cell: Raw, columns: range, widths: Mapping[int, float]) -> bool:
    """Whether a person sees ``####``: a number that does not fit the width that somebody gave its columns."""
    if cell.needs is None or any(column not in widths for column in columns):
        return False
    return cell.needs > sum(widths[column] for column in columns)


def check_sheets(count: int) -> None:
    """Refuse a workbook of more sheets than any disclosure has."""
    if count > MOST_SHEETS:
        raise UnreadableDocumentError(f"the workbook has {count} sheets; at most {MOST_SHEETS} are read")


def check_extent(name: str, rows: Sequence[tuple[int, Sequence[Raw]]]) -> None:
    """Refuse a sheet with a cell so far from the others that what lies between fills the memory.

    Raises:
        UnreadableDocumentError: with the place of the cell that is furthest to the right and down.
    """
    last_row = max((number for number, raw in rows if raw), default=0)
    last_column = max((cell.column + 1 for _, raw in rows for cell in raw), default=0)
    if last_row * last_column > MOST_STORED_CELLS:
        raise UnreadableDocumentError(
            f"the sheet {name} reaches to row {last_row:,} and column {last_column:,}, though most of it is "
            "empty; delete what stands far from its tables and save it again"
        )


def damaged(error: Exception) -> UnreadableDocumentError:
    """Say that a workbook cannot be read."""
    return UnreadableDocumentError(
        f"the workbook is damaged or is not what its bytes say ({type(error).__name__}: {error}); "
        "open it and save it again as .xlsx"
    )
