"""Workbooks of which values alone are read, by python-calamine: .xlsb, and what other readers refuse.

It gives neither number formats nor rules. Hidden sheets are not published and left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from extract.blocks import Doubt
from extract.faults import is_panic, panics_unsaid
from extract.readers.compound import has_endless_chain, has_far_cell
from extract.readers.printed_rows import PrintedRow
from extract.readers.reading import UnreadableDocumentError
from extract.readers.workbook_rows import (
    Counter,
    Merged,
    Raw,
    Sheet,
    check_sheets,
    damaged,
    printed_rows,
    shown,
)
from extract.readers.zipped import what_figures_need

_ZIP = b"PK"


def read_by_calamine(data: bytes, doubt: Doubt | None = None) -> tuple[Sheet, ...]:
    """Read values without number formats and without rules; ``doubt`` is that of each number.

    Raises:
        UnreadableDocumentError: when the file is damaged or larger than any disclosure.
    """
    if has_endless_chain(data):
        raise damaged(ValueError("its parts lead in a circle"))
    if has_far_cell(data):
        raise damaged(ValueError("a cell lies beyond the last column"))
    if data.startswith(_ZIP):
        data = what_figures_need(data)  # calamine looks at no checksum
    with panics_unsaid():
        return _read(data, doubt)


def _read(data: bytes, doubt: Doubt | None) -> tuple[Sheet, ...]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        check_sheets(len(book.sheet_names))
        counter = Counter()
        return tuple(
            Sheet(number, _rows(book.get_sheet_by_name(meta.name), counter, doubt), meta.name)
            for number, meta in enumerate(book.sheets_metadata, start=1)
            if meta.visible == SheetVisibleEnum.Visible
        )
    except (CalamineError, OSError) as error:
        if isinstance(error, UnreadableDocumentError):
            raise
        raise damaged(error) from error
    except BaseException as error:
        if is_panic(error):
            raise damaged(ValueError(str(error))) from error
        raise


def _rows(sheet: Any, counter: Counter, doubt: Doubt | None) -> tuple[PrintedRow, ...]:
    counter.add(sheet.total_height * sheet.total_width, 0)
    top, left = sheet.start or (0, 0)

    def rows() -> Iterator[tuple[int, list[Raw]]]:
        for offset, row in enumerate(sheet.to_python(skip_empty_area=True)):
            raw = [
                Raw(left + position, text, doubt=doubt)
                for position, value in enumerate(row)
                if (text := shown(value, "General")[0])
            ]
            counter.add(0, len(raw))
            if raw:
                yield top + offset + 1, raw

    return printed_rows(rows(), merged_by_calamine(sheet))


def merged_by_calamine(sheet: Any) -> Merged:
    """The merged cells that calamine found on a sheet."""
    return Merged((*start, end[0] + 1, end[1] + 1) for start, end in sheet.merged_cell_ranges or ())
