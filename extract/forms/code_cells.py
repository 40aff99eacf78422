"""Where the cells of code columns ended, once it is known which rows bear a code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    borne: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        if line.code is not None or line.economic_code_government is not None:
            places.add((line.page_no, line.line_no))
            borne[line.form_id].append(line.code or "")
    printed = {form_id: " ".join(codes) for form_id, codes in borne.items()}
    for cell in cells:
        is_told = cell.destination != _CODES or (cell.page_no, cell.line_no) in places
        digits = _DIGITS.search(cell.printed_text)
        is_again = digits is not None and digits.group() in printed.get(cell.form_id or "", "")
        if is_told or is_again:
            yield cell
        else:
            yield replace(cell, destination="ordinals" if is_ordinal(cell.printed_text) else "descriptions")
