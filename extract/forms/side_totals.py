"""Which of several totals of one side is which: what the year adds up to, and what carry-over is added to.

收入合计 is the total of all where no other follows, and the total of the year where 总计 does. So this is
settled when all rows of a form are read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extract.forms.labels import UNNUMBERED_LEVEL
from extract.forms.printed_figures import NOTHING, RowOfFigures
from extract.printed import PrintedLine

_TOTALS = ("form_total", "grand_total", "current_total")
_TWO_KINDS = ("personnel_total", "public_operating_total")
_OF_SUMMARIES = frozenset(
    {"revenue", "function", "economic", "economic_government", "expenditure_kind", "item"}
)


def settle_totals(lines: Sequence[PrintedLine], figures: Mapping[str, RowOfFigures]) -> list[PrintedLine]:
    """Give the totals of each side their part: the last is the grand total, one before it that of the year.

    Only where a side prints two different totals after its items, or a balance between items and total; a
    list with one total keeps it as it is. What a row is called that no word tells, its figures say: a last
    row to which a total and all after it add up is the grand total, and what lacks between two totals is a
    balance. ``figures`` are those of each row, by its id.
    """
    by_side: dict[int, list[PrintedLine]] = defaultdict(list)
    for line in lines:
        by_side[line.side_no].append(line)
    settled: dict[str, PrintedLine] = {}
    for side in by_side.values():
        told = _changed(side, _of_the_year(side, figures))
        told = _changed(told, _last_by_figures(told, figures))
        named = _changed(told, _settled(told))
        settled |= {line.line_id: line for line in _changed(named, _balances(named, figures))}
    settled |= {new.line_id: new for new in _other_of_two(list(settled.values()), figures)}
    return [settled[line.line_id] for line in lines]


def _other_of_two(lines: Sequence[PrintedLine], figures: Mapping[str, RowOfFigures]) -> Iterator[PrintedLine]:
    """Name the total of the personnel's side where that of operating is named, or the other way round.

    It is the last row of a side of codes, without a code, and what the highest codes above it come to.
    """
    keys = {line.line_key for line in lines}
    for named, other in (_TWO_KINDS, _TWO_KINDS[::-1]):
        if named in keys and other not in keys:
            sides: defaultdict[int, list[PrintedLine]] = defaultdict(list)
            for line in lines:
                sides[line.side_no].append(line)
            for side in sides.values():
                total, items = side[-1], [line for line in side[:-1] if line.code]
                shortest = min((len(line.code or "") for line in items), default=0)
                highest = [line for line in items if len(line.code or "") == shortest]
                if total.line_key is None and not total.code and _add_up(total, highest, figures):
                    yield replace(total, row_kind="total", line_key=other, outline_level=None)


def _changed(
    side: Sequence[PrintedLine], changes: Iterable[tuple[PrintedLine, PrintedLine]]
) -> list[PrintedLine]:
    by_id = {old.line_id: new for old, new in changes}
    return [by_id.get(line.line_id, line) for line in side]


def _of_the_year(
    side: Sequence[PrintedLine], figures: Mapping[str, RowOfFigures]
) -> list[tuple[PrintedLine, PrintedLine]]:
    """A row without a number under numbered ones that are, all together, what it prints."""
    levels = [line.outline_level for line in side if line.outline_level is not None]
    place = next((place for place, line in enumerate(side) if _may_be_total(line)), 0)
    if not levels or not place or not _is_summary(side):
        return []
    if any(line.line_key in _TOTALS for line in side[:place]):
        return []
    parts = [line for line in side[:place] if line.outline_level == min(levels)]
    filled = [part for part in parts if any(cell.value for cell in figures.get(part.line_id, {}).values())]
    if len(filled) < 2 or not _add_up(side[place], parts, figures):
        return []
    if place == len(side) - 1:
        return _as(side[place], "total", "form_total")
    return _as(side[place], "subtotal", "current_total")


def _may_be_total(line: PrintedLine) -> bool:
    is_unnumbered = line.outline_level is None or line.outline_level % 10 == UNNUMBERED_LEVEL
    return line.line_key is None and line.row_kind in ("item", "memo") and is_unnumbered


def _last_by_figures(
    side: Sequence[PrintedLine], figures: Mapping[str, RowOfFigures]
) -> list[tuple[PrintedLine, PrintedLine]]:
    """A last row without a number of its own to which the total before it and all rows between add up."""
    totals = [place for place, line in enumerate(side) if line.line_key in _TOTALS]
    last = side[-1]
    if not _is_summary(side) or not totals or last.line_key is not None or last.code is not None:
        return []
    between = side[totals[-1] : -1]
    if len(between) < 2 or not _add_up(last, between, figures):
        return []
    return [
        *_as(last, "total", "grand_total"),
        *(change for line in between[1:] for change in _as(line, "item", "carry")),
    ]


def _balances(
    side: Sequence[PrintedLine], figures: Mapping[str, RowOfFigures]
) -> list[tuple[PrintedLine, PrintedLine]]:
    """Rows between the total of the year and the grand total without which the one is not the other."""
    keys = [line.line_key for line in side]
    if not _is_summary(side) or "current_total" not in keys or "grand_total" not in keys:
        return []
    between = side[keys.index("current_total") : keys.index("grand_total")]
    total = side[keys.index("grand_total")]
    unknown = [line for line in between if line.line_key is None]
    known = [line for line in between if line.line_key is not None]
    if not unknown or _add_up(total, known, figures) or not _add_up(total, between, figures):
        return []
    return [change for line in unknown for change in _as(line, "item", "carry")]


def _add_up(total: PrintedLine, parts: Sequence[PrintedLine], figures: Mapping[str, RowOfFigures]) -> bool:
    """Whether in every column that the total prints, and in one with money, the parts come to it."""
    printed = figures.get(total.line_id, {})
    for column, whole in printed.items():
        cells = [figures.get(part.line_id, {}).get(column, NOTHING) for part in parts]
        tolerance = whole.last_digit + sum(cell.last_digit for cell in cells)
        if 2 * abs(whole.value - sum(cell.value for cell in cells)) > tolerance:
            return False
    return any(whole.value for whole in printed.values())


def _is_summary(side: Sequence[PrintedLine]) -> bool:
    return side[0].side_key in _OF_SUMMARIES and not any(line.code for line in side)


def _settled(side: Sequence[PrintedLine]) -> list[tuple[PrintedLine, PrintedLine]]:
    totals = [line for line in side if line.line_key in _TOTALS and line.row_kind != "repeat"]
    if not totals or not _is_summary(side) or side[0] is totals[0]:
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
