"""Where the cells of code columns ended, once it is known which rows bear a code."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from extract.numerals import is_ordinal
from extract.printed import PrintedLine, PrintedNumericCell

_CODES = "codes"
_DIGITS = re.compile(r"\d+")


def told_codes(
    cells: Iterable[PrintedNumericCell], lines: Iterable[PrintedLine]
) -> Iterator[PrintedNumericCell]:
    """The ledger's cells, those of code columns only as codes where a row of their form bears them.

    A form cut in width prints its codes once more: they are those of its rows. What stands in a code column
    and is the code of no row numbers the rows, or describes them.
    """
    places: set[tuple[int | None, int | None]] = set()
    borne: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.code is not None or line.economic_code_government is not None:
            places.add((line.page_no, line.line_no))
            borne[line.form_id].add(line.code or "")
    ends: dict[str, list[str]] = {}
    for cell in cells:
        is_told = cell.destination != _CODES or (cell.page_no, cell.line_no) in places
        if is_told or _is_again(cell, borne, ends):
            yield cell
        else:
            yield replace(cell, destination="ordinals" if is_ordinal(cell.printed_text) else "descriptions")


def _is_again(cell: PrintedNumericCell, borne: Mapping[str, set[str]], ends: dict[str, list[str]]) -> bool:
    """Whether the digits of a cell are a code of its form, or stand within one.

    What begins an end of a code stands within it, so that one look into the sorted ends of all is enough.
    """
    digits = _DIGITS.search(cell.printed_text)
    form_id = cell.form_id or ""
    if digits is None or form_id not in borne:
        return False
    if form_id not in ends:
        ends[form_id] = sorted({code[start:] for code in borne[form_id] for start in range(len(code))})
    at = bisect_left(ends[form_id], digits.group())
    return at < len(ends[form_id]) and ends[form_id][at].startswith(digits.group())
