"""Workbooks of which values alone are read, by python-calamine: .xlsb, and what other readers refuse.

It gives neither number formats nor rules. Hidden sheets are not published and left out. It reads in a process
of its own (:mod:`.calamine_alone`): a damaged workbook may end that.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extract.blocks import Doubt
from extract.child_processes import ending_with_this_process
from extract.readers.printed_rows import PrintedRow
from extract.readers.workbook_rows import (
    MOST_SHEETS,
    MOST_STORED_CELLS,
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
_PROGRAM = Path(__file__).with_name("calamine_alone.py")
_MEMORY_MIB = 2048
_SECONDS = 60.0  # the largest workbook that is read takes some


def read_by_calamine(data: bytes, doubt: Doubt | None = None) -> tuple[Sheet, ...]:
    """Read values without number formats and without rules; ``doubt`` is that of each number.

    Raises:
        UnreadableDocumentError: when the file is damaged or larger than any disclosure.
    """
    if data.startswith(_ZIP):
        data = what_figures_need(data)  # calamine looks at no checksum
    found = _read_apart(data)
    if isinstance(found, str):
        raise damaged(ValueError(found))
    counter = Counter()
    if isinstance(found, tuple):
        sheets, cells = found
        check_sheets(sheets)
        counter.add(cells, 0)
    return tuple(Sheet(number, _rows(sheet, counter, doubt), name) for number, name, *sheet in found)


def _read_apart(data: bytes) -> Any:
    """What the program gives; an error in words, too, where it was ended instead."""
    command = [sys.executable, "-I", str(_PROGRAM), *map(str, (_MEMORY_MIB, MOST_SHEETS, MOST_STORED_CELLS))]
    pipe = subprocess.PIPE
    with (
        subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as program,
        ending_with_this_process(program),
    ):
        try:
            given, _ = program.communicate(data, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            program.kill()
            return f"reading it takes longer than {_SECONDS:.0f} seconds"
        except BaseException:
            program.kill()
            raise
    return pickle.loads(given) if program.returncode == 0 else "no memory is enough for what it says it holds"


def _rows(sheet: Sequence[Any], counter: Counter, doubt: Doubt | None) -> tuple[PrintedRow, ...]:
    (top, left), (height, width), values, merged = sheet
    counter.add(height * width, 0)

    def rows() -> Iterator[tuple[int, list[Raw]]]:
        for offset, row in enumerate(values):
            raw = [
                Raw(left + position, text, doubt=doubt)
                for position, value in enumerate(row)
                if (text := shown(value, "General")[0])
            ]
            counter.add(0, len(raw))
            if raw:
                yield top + offset + 1, raw

    return printed_rows(rows(), _merged(merged))


def merged_by_calamine(sheet: Any) -> Merged:
    """The merged cells that calamine found on a sheet."""
    return _merged(sheet.merged_cell_ranges or ())


def _merged(ranges: Sequence[Any]) -> Merged:
    return Merged((*start, end[0] + 1, end[1] + 1) for start, end in ranges)
