"""A form as a grid: header, rows of numbers that are no money, labels, figures; and what each figure is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests.benchmarks.lottery.books import Books, Coordinate
from tests.benchmarks.lottery.grid import Matrix, put_header
from tests.benchmarks.lottery.labels import Labels, concepts_of, labels
from tests.benchmarks.lottery.logical import Column, Form, Line, Place, Side, coordinate, fen
from tests.benchmarks.lottery.look import Look, printed
from tests.benchmarks.lottery.numbering import Sided, column_numbers, line_numbers
from tests.benchmarks.lottery.wording import Wording

Sum = tuple[Place, tuple[tuple[int, Place], ...]]
"""A figure and what adds up to it, each with its sign."""


@dataclass(frozen=True)
class Figure:
    """What stands in a cell that is no label: a figure of money, or a number that is none."""

    text: str
    fen: int | None
    nature: str
    label: str
    code: str
    measure: tuple[str, ...]
    fund: tuple[str, ...]
    version: tuple[str, ...]
    year: int
    at: Coordinate | None

    @property
    def is_money(self) -> bool:
        """Whether the reader has to give an amount."""
        return self.nature in ("figure", "change") and bool(self.text)


@dataclass
class Rendered:
    """A grid with the rows of its header, its label columns, its figures and the sums between them."""

    matrix: Matrix
    header: int
    label_columns: int
    figures: dict[Place, Figure]
    sums: list[Sum]
    cuttable: tuple[int, ...] = ()  # columns at which a second part may begin


class _Sided:
    """The columns of one side in the grid."""

    def __init__(
        self, first: int, side: Side, printed_labels: Labels, look: Look, *, has_lines: bool
    ) -> None:
        self.first = first
        self.side = side
        self.labels = printed_labels
        self.line_no = first + len(printed_labels.paths) if has_lines else None
        self.amounts = first + len(printed_labels.paths) + has_lines
        self.end = self.amounts + len(side.columns)


def rendered(form: Form, look: Look, wording: Wording, books: Books, chance: random.Random) -> Rendered:
    """Lay a form out as one grid."""
    matrix = Matrix()
    numbers = look.line_numbers if _takes_line_numbers(form) else "none"
    first = 1 if numbers == "serial" else 0
    sided: list[_Sided] = []
    paths: list[tuple[str, ...]] = [(wording.say("ordinal"),)] * first
    for side in form.sides:
        found = labels(side, side.lines, look, wording)
        has_lines = numbers in ("running", "restart", "no_word") and bool(found.paths)
        sided.append(_Sided(first, side, found, look, has_lines=has_lines))
        above = (wording.say(side.heading),) if side.heading and len(form.sides) > 1 else ()
        paths += [(*above, *path) for path in found.paths]
        if has_lines:
            paths.append((*above, "" if numbers == "no_word" else wording.say("line_no")))
        paths += [(*above, *_heading(column, look, wording)) for column in side.columns]
        first = sided[-1].end
    if form.sides[0].kind == "group":
        paths[0] = (paths[0][0],)
    header = put_header(matrix, paths, 0, is_merged=look.is_header_merged)
    numbered = [
        Sided(
            one.first, one.labels, one.line_no, one.amounts, one.end,
            tuple(column.parts for column in one.side.columns),
        )
        for one in sided
    ]  # fmt: skip
    header = column_numbers(matrix, header, numbered, look.column_numbers)
    figures, sums = _body(matrix, header, form, sided, look, books)
    line_numbers(matrix, header, [one.line_no for one in sided], numbers)
    only = sided[0]
    cuttable = _cuttable(only) if len(sided) == 1 else ()
    return Rendered(matrix, header, only.amounts if len(sided) == 1 else 0, figures, sums, cuttable)


def concepts(form: Form, look: Look) -> list[str]:
    """The concepts that a form words, for drawing the rare ones."""
    found = []
    for side in form.sides:
        found += concepts_of(side, look)
        found += [word for column in side.columns for word in column.path]
        if len(form.sides) > 1:
            found.append(side.heading)
    return found


def _takes_line_numbers(form: Form) -> bool:
    return all(
        side.kind in ("revenue", "class", "use", "item", "economic", "function") for side in form.sides
    )


def _heading(column: Column, look: Look, wording: Wording) -> tuple[str, ...]:
    path = tuple(wording.say(word) for word in column.path)
    if look.caption == "unit_in_header" and column.nature in ("figure", "change"):
        return (*path[:-1], f"{path[-1]}（{look.unit}）")
    return path


def _cuttable(side: _Sided) -> tuple[int, ...]:
    """Columns where a group of headings begins, in the middle of a wide form."""
    columns = side.side.columns
    if len(columns) < 6:
        return ()
    return tuple(
        side.amounts + number
        for number in range(3, len(columns) - 2)
        if len(columns[number].path) == 1 or columns[number].path[0] != columns[number - 1].path[0]
    )


def _body(
    matrix: Matrix, header: int, form: Form, sided: Sequence[_Sided], look: Look, books: Books
) -> tuple[dict[Place, Figure], list[Sum]]:
    height = max(len(one.side.lines) for one in sided)
    figures: dict[Place, Figure] = {}
    for side_no, one in enumerate(sided):
        lines = one.side.lines
        pad, starts = height - len(lines), _pad_from(one.side, len(sided))
        for line_no in range(len(lines)):
            row = header + line_no + (pad if line_no >= starts else 0)
            for cell in one.labels.cells[line_no]:
                matrix.put(row, one.first + cell.column, cell.text, cell.rows, cell.columns)
            for column_no in range(len(one.side.columns)):
                place = Place(side_no, line_no, column_no)
                figure = _figure(form, place, one.labels.names[line_no], look, books)
                if figure is not None:
                    figures[place] = figure
                    matrix.put(row, one.amounts + column_no, figure.text, key=place)
    # a row below which nothing stands still has its cells
    last = header + height - 1, sided[-1].end - 1
    if last not in matrix.slots:
        matrix.put(*last, "")
    return figures, _sums(form, figures)


def _pad_from(side: Side, sides: int) -> int:
    """The line before which blank rows stand, so that the totals of all sides are in the last rows."""
    if sides == 1:
        return len(side.lines)
    return next((number for number, line in enumerate(side.lines) if not line.level), len(side.lines))


def _figure(form: Form, place: Place, label: str, look: Look, books: Books) -> Figure | None:
    side = form.sides[place.side]
    line, column = side.lines[place.line], side.columns[place.column]
    if column.nature == "text":
        return None
    if column.nature == "count" or line.nature == "count":
        return _counted(form, place, label)
    if column.nature == "rate":
        return _rate(form, place, label, books)
    at = None if column.of else coordinate(form, place)
    value = fen(form, place, books) if column.of else at and books.fen(at)
    if value is None:
        return None
    return Figure(
        printed(value, look), value, column.nature, label, line.code,
        *_meant(line, column), (column.version,) if column.version else (), column.year,
        _linked(side, place, at),
    )  # fmt: skip


def _meant(line: Line, column: Column) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Measures and funds that are right: the column's, and what the row says more exactly."""
    measure = tuple(dict.fromkeys((*line.measure, *column.measure)))
    fund = tuple(dict.fromkeys((*line.fund, *column.fund)))
    return measure, fund


def _linked(side: Side, place: Place, at: Coordinate | None) -> Coordinate | None:
    """The coordinate, where a reader can know it: projects and purchases have names of their own."""
    if side.kind in ("project", "purchase") and side.lines[place.line].level:
        return None
    if at is not None and at.flow in ("turnover_in", "turnover_out") and not at.function:
        at = at._replace(flow="turnover")
    return at


def _counted(form: Form, place: Place, label: str) -> Figure | None:
    side = form.sides[place.side]
    counts = form.counts.get(place.line)
    is_count = side.columns[place.column].nature == "count"
    number = 0 if is_count else place.column
    if counts is None or number >= len(counts):
        return None
    return Figure(str(counts[number]), None, "count", label, "", (), (), (), 0, None)


def _rate(form: Form, place: Place, label: str, books: Books) -> Figure | None:
    of = form.sides[place.side].columns[place.column].of
    assert of is not None
    later, earlier = (fen(form, place._replace(column=number), books) for number in of)
    if later is None or not earlier:
        return None
    return Figure(f"{(later - earlier) * 100 / earlier:.2f}", None, "rate", label, "", (), (), (), 0, None)


def _sums(form: Form, figures: dict[Place, Figure]) -> list[Sum]:
    """What adds up to what: lines to the line above, columns to their total, a change to the later figure."""
    parts: dict[Place, list[tuple[int, Place]]] = {}
    for place, figure in figures.items():
        side = form.sides[place.side]
        line, column = side.lines[place.line], side.columns[place.column]
        if figure.nature not in ("figure", "change"):
            continue
        if line.parent is not None and column.nature == "figure":
            above = Place(*line.parent, place.column)
            parts.setdefault(above, []).append((1, place))
    found: list[Sum] = [(whole, tuple(terms)) for whole, terms in parts.items() if whole in figures]
    for place, figure in figures.items():
        column = form.sides[place.side].columns[place.column]
        if column.parts and figure.nature == "figure":
            terms = [(1, place._replace(column=part)) for part in column.parts]
            found.append((place, tuple(term for term in terms if term[1] in figures)))
        if figure.nature == "change" and column.of is not None:
            later, earlier = (place._replace(column=number) for number in column.of)
            found.append((later, ((1, earlier), (1, place))))
    return found
