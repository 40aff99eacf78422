"""Content laid out on pages: where each piece of text and each rule stands, whatever draws it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.typesetting.content import Break, Content, Paragraph, Place, Table

MARGIN = 40.0
_PAD = 3.0
_LEADING = 1.4  # em from line to line
_FIGURE = re.compile(r"-?[\d,]*\.\d+|-?\d{1,3}(?:,\d{3})+|-?\d+")
_LONGEST_CELL = 22  # characters of a line in a cell


@dataclass(frozen=True)
class Design:
    """A page and its type, in points, and what tells the cells of its tables apart.

    ``rules`` are drawn around ``all`` cells, only ``level`` ones, or ``none``. Where they are not all there,
    figures end at the right edge of their column, and what is merged stands in the middle, as readers of such
    tables expect. ``is_shaded`` fills the header's and every other row.
    """

    width: float
    height: float
    size: float
    is_turned: bool = False
    rules: str = "all"
    is_shaded: bool = False


class Piece(NamedTuple):
    """A piece of text: where it begins, and its baseline, from the top left corner."""

    x: float
    y: float
    text: str


class Rule(NamedTuple):
    """A line from one point to another."""

    x0: float
    y0: float
    x1: float
    y1: float


class Box(NamedTuple):
    """Where a cell stands: the item and the row and column in it, and its edges."""

    item: int
    row: int
    column: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass
class Page:
    """What to draw on one page, and where its cells are."""

    pieces: list[Piece] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    shades: list[Rule] = field(default_factory=list)  # from one corner to the opposite one
    boxes: list[Box] = field(default_factory=list)


def width_of(text: str, size: float) -> float:
    """How wide a text is at most: full width for Chinese, little more than half of it for the rest."""
    return sum(size if ord(character) > 0x2E7F else 0.62 * size for character in text)


def laid_out(content: Content, design: Design) -> list[Page]:
    """Lay content out on pages. A table that does not fit goes on, on the next page, without its header."""
    pages, y = [Page()], MARGIN
    leading = _LEADING * design.size
    for number, item in enumerate(content):
        if isinstance(item, Break):
            if y > MARGIN:
                pages.append(Page())
                y = MARGIN
        elif isinstance(item, Paragraph):
            for line in _wrapped(item.text, design):
                if y + leading > design.height - MARGIN:
                    pages.append(Page())
                    y = MARGIN
                y += leading
                pages[-1].pieces.append(line._replace(y=y))
            y += 0.5 * leading
        else:
            y = _lay_out_table(number, item, design, pages, y) + leading
    return pages


def _wrapped(text: str, design: Design) -> Iterator[Piece]:
    """Lines of a paragraph, the first indented by two characters; short ones are centred, as titles are."""
    room, size = design.width - 2 * MARGIN, design.size
    if width_of(text, size) < room / 2 and not text.endswith("。"):
        yield Piece(MARGIN + (room - width_of(text, size)) / 2, 0, text)
        return
    x, line = MARGIN + 2 * size, ""
    for character in text:
        if x + width_of(line + character, size) > design.width - MARGIN:
            yield Piece(x, 0, line)
            x, line = MARGIN, ""
        line += character
    yield Piece(x, 0, line)


def _lay_out_table(number: int, table: Table, design: Design, pages: list[Page], y: float) -> float:
    size, leading = design.size, _LEADING * design.size
    widths = _column_widths(table, design)
    edges = [MARGIN, *(MARGIN + sum(widths[: column + 1]) for column in range(table.width))]
    lines = {
        place: _cell_lines(
            place.text, edges[place.column + place.column_span] - edges[place.column] - 2 * _PAD, size
        )
        for place in table.places
    }
    heights = _row_heights(table, lines, leading)
    tops = []
    for start, stop in _rows_kept_together(table):
        if y + sum(heights[start:stop]) > design.height - MARGIN and y > MARGIN:
            pages.append(Page())
            y = MARGIN
        for row in range(start, stop):
            tops.append((pages[-1], y))
            y += heights[row]
    for place, printed in lines.items():
        page, top = tops[place.row]
        bottom = top + sum(heights[place.row : place.row + place.row_span])
        left, right = edges[place.column], edges[place.column + place.column_span]
        level = [Rule(left, top, right, top), Rule(left, bottom, right, bottom)]
        upright = [Rule(left, top, left, bottom), Rule(right, top, right, bottom)]
        page.rules += {"all": level + upright, "level": level, "none": []}[design.rules]
        if design.is_shaded and place.row % 2 == 0:
            page.shades.append(Rule(left, top, right, top + heights[place.row]))
        page.pieces += _pieces(place, printed, Box(number, 0, 0, left, top, right, bottom), design)
        page.boxes.append(Box(number, place.row, place.column, left, top, right, bottom))
    return y


def _pieces(place: Place, printed: list[str], box: Box, design: Design) -> list[Piece]:
    """Where the lines of a cell stand in it."""
    leading, top = _LEADING * design.size, box.top + _PAD + design.size
    if design.rules != "all":
        top += max(0.0, box.bottom - box.top - 2 * _PAD - len(printed) * leading) / 2
    pieces = []
    for line_number, line in enumerate(printed):
        spare = max(0.0, box.right - box.left - 2 * _PAD - width_of(line, design.size))
        shift = 0.0
        if design.rules != "all" and _FIGURE.fullmatch(line):
            shift = spare
        elif design.rules != "all" and place.column_span > 1:
            shift = spare / 2
        if line:
            pieces.append(Piece(box.left + _PAD + shift, top + line_number * leading, line))
    return pieces


def least_width(table: Table, size: float) -> float:
    """How wide a table is at least, in points: nothing that cannot be broken reaches out of its cell."""
    _, least = _wanted_widths(table, size)
    return sum(least)


def _column_widths(table: Table, design: Design) -> list[float]:
    """As wide as what stands in one column needs, and no narrower than what cannot be broken."""
    widths, least = _wanted_widths(table, design.size)
    shrink = min(1.0, (design.width - 2 * MARGIN - sum(least)) / max(1.0, sum(widths) - sum(least)))
    return [low + shrink * (wide - low) for wide, low in zip(widths, least, strict=True)]


def _wanted_widths(table: Table, size: float) -> tuple[list[float], list[float]]:
    """What each column would like, and what it needs at least."""
    widths, least = [2.0 * size] * table.width, [2.0 * size] * table.width
    for place in table.places:
        if place.column_span == 1:
            printed = _cell_lines(place.text, _LONGEST_CELL * size, size)
            needed = max(width_of(line, size) for line in printed) + 2 * _PAD
            widths[place.column] = max(widths[place.column], needed)
            unbroken = max((width_of(token, size) for token in _tokens(place.text)), default=0) + 2 * _PAD
            least[place.column] = max(least[place.column], unbroken)
    return widths, least


def _row_heights(table: Table, lines: dict[Place, list[str]], leading: float) -> list[float]:
    heights = [leading + 2 * _PAD] * table.height
    for place, printed in sorted(lines.items(), key=lambda item: item[0].row_span):
        rows = slice(place.row, place.row + place.row_span)
        missing = len(printed) * leading + 2 * _PAD - sum(heights[rows])
        if missing > 0:
            heights[rows.stop - 1] += missing
    return heights


def _rows_kept_together(table: Table) -> Iterator[tuple[int, int]]:
    """Rows that no page break may part, since a cell spans them."""
    start, stop = 0, 0
    reach = dict.fromkeys(range(table.height), 0)
    for place in table.places:
        reach[place.row] = max(reach[place.row], place.row + place.row_span)
    for row in range(table.height):
        if row >= stop and row > start:
            yield start, row
            start = row
        stop = max(stop, reach[row])
    yield start, table.height


def _cell_lines(text: str, room: float, size: float) -> list[str]:
    """A cell's text wrapped to its width; numerals and words are not torn."""
    lines, line = [], ""
    for token in _tokens(text):
        if line and width_of(line + token, size) > room:
            lines.append(line)
            line = ""
        line += token
    return [*lines, line]


def _tokens(text: str) -> Iterator[str]:
    token = ""
    for character in text:
        if character.isascii() and not character.isspace():
            token += character
            continue
        if token:
            yield token
        token = ""
        yield character
    if token:
        yield token
