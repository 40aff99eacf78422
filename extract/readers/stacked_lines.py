"""Lines in one cell of a table: one text that is wrapped, two rows that nobody parted, or neither.

Two complete figures below each other are two rows where all cells of their row are stacked alike. Otherwise
nobody can say which figure belongs to which row: they stay as they are, with their line break, which is no
figure, and the row of every other figure beside them is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.blocks import Doubt
from extract.folding import fold_number
from extract.numerals import is_amount, is_dash, is_numeric_cell
from extract.readers.printed_rows import PrintedCell
from extract.readers.wrapping import join_lines, lines_of

_TWO_FIGURES = re.compile(r"\d[ \xa0]*\t\s*\d")  # what a tab parts is rarely one
_CODE_DIGITS = (5, 7)
_MOST_WRAPPED_DIGITS = 2  # of a code that does not fit its column


def parted(cells: Sequence[PrintedCell]) -> list[tuple[PrintedCell, ...]]:
    """Give the rows that the cells of one printed row are: several where all are stacked alike."""
    stacked = [cell for cell in cells if "\n" in cell.text and holds_figures(lines_of(cell.text))]
    if not stacked:
        return [tuple(cells)]
    counts = {len(lines_of(cell.text)) for cell in cells}
    if len(counts) > 1:
        alone = {id(cell) for cell in stacked}
        return [tuple(cell if id(cell) in alone else _unplaced(cell) for cell in cells)]
    return [
        tuple(cell._replace(text=lines_of(cell.text)[number]) for cell in cells)
        for number in range(counts.pop())
    ]


def holds_figures(lines: Sequence[str]) -> bool:
    """Whether the lines of one cell are complete figures, of which no two are one that is wrapped."""
    figures = [line for line in lines if is_amount(line)]
    if len(figures) < 2 or any(not is_amount(line) and not is_dash(line) for line in lines):
        return False
    return not any(may_be_one(*pair) for pair in pairwise(lines))


def one_text(text: str) -> tuple[str, Doubt | None]:
    """Join the lines of a cell: a figure that is longer than each of its lines is in doubt.

    Complete figures are left apart, with the break between them.
    """
    lines = lines_of(text)
    if len(lines) < 2:
        return join_lines(text), ("glued" if _TWO_FIGURES.search(text) else None)
    if holds_figures(lines):
        return "\n".join(lines), None
    joined = join_lines(text)
    is_longer = is_numeric_cell(joined) and sum(any(map(str.isdigit, line)) for line in lines) > 1
    return joined, ("glued" if is_longer else None)


def may_be_one(above: str, below: str) -> bool:
    """Whether two figures may be one that is wrapped: the first lacks decimals, or some of them."""
    above, below = fold_number(above), fold_number(below)
    if not is_amount(above + below):
        return False
    if "." in above:
        return len(above.partition(".")[2]) == 1 and len(below) == 1
    if "." in below:
        return not below.startswith((".", "-", "(")) or below.startswith(".")
    return len(above + below) in _CODE_DIGITS and len(below) <= _MOST_WRAPPED_DIGITS


def _unplaced(cell: PrintedCell) -> PrintedCell:
    return cell._replace(doubt=cell.doubt or "placed") if is_amount(cell.text) else cell
