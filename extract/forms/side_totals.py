"""Which of several totals of one side is which: what the year adds up to, and what carry-over is added to.

收入合计 is the total of all where no other follows, and the total of the year where 总计 does. So this is
settled when all rows of a form are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extract.printed import PrintedLine

_TOTALS = ("form_total", "grand_total", "current_total")
_OF_SUMMARIES = frozenset({"revenue", "function", "economic", "economic_government", "item"})


def settle_totals(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Give the totals of each side their part: the last is the grand total, one before it that of the year.

    Only where a side prints two different totals after its items, or a balance between items and total; a
    list with one total keeps it as it is.
    """
    by_side: dict[int, list[PrintedLine]] = defaultdict(list)
    for line in lines:
        by_side[line.side_no].append(line)
    changed = {id(old): new for side in by_side.values() for old, new in _settled(side)}
    return [changed.get(id(line), line) for line in lines]


def _settled(side: Sequence[PrintedLine]) -> list[tuple[PrintedLine, PrintedLine]]:
    totals = [line for line in side if line.line_key in _TOTALS and line.row_kind != "repeat"]
    if (
        not totals
        or side[0].side_key not in _OF_SUMMARIES
        or side[0] is totals[0]
        or any(line.code for line in side)
    ):
        return []
    has_balance = any(line.line_key == "carry" for line in side)
    *earlier, last = totals
    if not earlier and not has_balance:
        return []
    found = []
    if earlier or has_balance:
        found += _as(last, "total", "grand_total")
    for line in earlier:
        found += _as(line, "subtotal", "current_total")
    return found


def _as(line: PrintedLine, row_kind: str, line_key: str) -> list[tuple[PrintedLine, PrintedLine]]:
    if (line.row_kind, line.line_key) == (row_kind, line_key):
        return []
    return [(line, replace(line, row_kind=row_kind, line_key=line_key, outline_level=None))]
