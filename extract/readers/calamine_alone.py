"""A program: the workbook on its input, as python-calamine reads it, on its output.

Run in a process of its own, because what is wrong with a workbook may make calamine lay out a sheet for which
no memory is enough: Rust then ends the process, which nothing within it can prevent. It imports nothing of
the package, to start in a few hundredths of a second.

The output is the pickle of an error in words, or of the visible sheets: number, name, first row and column,
rows and columns laid out, rows of values, merged cells; of more sheets or more cells than are allowed, of the
count alone.
"""

from __future__ import annotations

import io
import pickle
import sys
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

_MIB = 1024 * 1024


def main() -> None:
    """Read; the arguments are how much memory, sheets and cells there may be."""
    memory_mib, most_sheets, most_cells = map(int, sys.argv[1:])
    _limit_memory(memory_mib * _MIB)
    try:
        found: Any = _sheets(sys.stdin.buffer.read(), most_sheets, most_cells)
    except (CalamineError, OSError, MemoryError) as error:
        found = str(error)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # no Exception; of a module that cannot be imported
            raise
        found = str(error)
    sys.stdout.buffer.write(pickle.dumps(found))


def _sheets(data: bytes, most_sheets: int, most_cells: int) -> Any:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    if len(book.sheet_names) > most_sheets:
        return len(book.sheet_names), None
    sheets = []
    laid_out = 0
    for number, meta in enumerate(book.sheets_metadata, start=1):
        if meta.visible != SheetVisibleEnum.Visible:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        laid_out += sheet.total_height * sheet.total_width
        if laid_out > most_cells:
            return len(book.sheet_names), laid_out
        sheets.append(
            (number, meta.name, sheet.start or (0, 0), (sheet.total_height, sheet.total_width),
             sheet.to_python(skip_empty_area=True), sheet.merged_cell_ranges or [])
        )  # fmt: skip
    return sheets


def _limit_memory(most: int) -> None:
    try:
        import resource  # noqa: PLC0415 (not on Windows)
    except ImportError:
        return
    _, allowed = resource.getrlimit(resource.RLIMIT_AS)
    most = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
    resource.setrlimit(resource.RLIMIT_AS, (most, allowed))


if __name__ == "__main__":
    main()
