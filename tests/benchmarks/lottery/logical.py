"""A form before it is printed: sides of columns and lines, each saying what its figures are of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.benchmarks.lottery.books import Books, Coordinate


class Place(NamedTuple):
    """A cell of a form: its side, line and column, each from 0."""

    side: int
    line: int
    column: int


@dataclass(frozen=True)
class Column:
    """A column of figures or of text.

    Attributes:
        path: words of the heading from top to bottom, as concepts of ``words.csv``.
        at: the dimensions that the column settles.
        measure: names that are right for what the column says, the best first; empty if it is not asked.
        fund: the same of the source of money.
        version: budget, adjusted_budget, final or execution.
        year: the fiscal year of its figures.
        parts: columns of the same side that add up to this one.
        nature: figure, change, rate, count or text.
        of: for a change or a rate, the column of the later and of the earlier figure.
    """

    path: tuple[str, ...]
    at: Mapping[str, str] = field(default_factory=dict)
    measure: tuple[str, ...] = ("total",)
    fund: tuple[str, ...] = ()
    version: str = ""
    year: int = 0
    parts: tuple[int, ...] = ()
    nature: str = "figure"
    of: tuple[int, int] | None = None


@dataclass(frozen=True)
class Line:
    """A row: its label, a concept of ``words.csv`` or a name as it is, and what its figures are of.

    Attributes:
        label: a concept where it has a dot, else a name.
        code: functional, economic or unit code.
        level: depth in the outline; 0 for a total.
        parent: the line that this one is a part of, as (side, line).
        at: the dimensions that the line settles; None for a row without figures.
        fund: sources of money that are right, where the row says one.
        measure: measures that are right, where the row says one.
        nature: count for a row of counts.
        texts: what text columns say, by column.
        group: the label of a group that stands on the left.
    """

    label: str
    code: str = ""
    level: int = 1
    parent: tuple[int, int] | None = None
    at: Mapping[str, str] | None = field(default_factory=dict)
    fund: tuple[str, ...] = ()
    measure: tuple[str, ...] = ()
    nature: str = ""
    texts: Mapping[int, str] = field(default_factory=dict)
    group: str = ""


@dataclass(frozen=True)
class Side:
    """One of the tables that stand side by side in a form; most forms have one.

    Attributes:
        kind: revenue, function, economic, unit, item, project, purchase or none (figures without a label).
        heading: the concept above all columns, or nothing.
        columns: columns in the order of the form.
        lines: lines in the order of the form; printing may move a total.
        at: the dimensions that the whole side settles.
    """

    kind: str
    heading: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    at: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Form:
    """A form: what it is, and its sides.

    Attributes:
        form_key: the standard form, or None for one that is no standard form.
        title: the row of ``titles.csv``.
        family: the layout family.
        sides: at least one.
        drawing: the function that drew it, for counting.
        note: a sentence under the table, or nothing.
        counts: figures that are no money, by line of the first side.
    """

    form_key: str | None
    title: str
    family: str
    sides: tuple[Side, ...]
    drawing: str
    note: str = ""
    counts: Mapping[int, tuple[int, ...]] = field(default_factory=dict)


class Context(NamedTuple):
    """What builders of forms are given."""

    books: Books
    stage: str  # budget or final
    year: int
    last: tuple[str, int]  # version and year of the column beside the present one

    @property
    def now(self) -> tuple[str, int]:
        """Version and year of the present column."""
        return ("budget" if self.stage == "budget" else "final", self.year)


def coordinate(form: Form, place: Place) -> Coordinate | None:
    """What the figure at a place is of; None where the form has none there."""
    side = form.sides[place.side]
    line, column = side.lines[place.line], side.columns[place.column]
    if line.at is None or column.nature == "text":
        return None
    settled: dict[str, str] = {}
    for at in (side.at, line.at, column.at):
        for dimension, value in at.items():
            known = settled.get(dimension)
            if known is not None and known != value and not _narrows(dimension, known, value):
                return None
            settled[dimension] = _narrower(dimension, known, value)
    return Coordinate(**settled, version=column.version, year=column.year)  # type: ignore[arg-type]


_WIDER = {
    ("fund", "fiscal_appropriation"): ("general_public", "government_fund", "state_capital"),
    ("kind", "basic"): ("personnel", "public_operating"),
}


def _narrows(dimension: str, one: str, other: str) -> bool:
    """Whether one of two values is a part of the other."""
    if not one or not other:
        return True
    if dimension in ("economic", "function"):
        return one.startswith(other) or other.startswith(one)
    return other in _WIDER.get((dimension, one), ()) or one in _WIDER.get((dimension, other), ())


def _narrower(dimension: str, known: str | None, value: str) -> str:
    if not known:
        return value
    if not value:
        return known
    if dimension in ("economic", "function"):
        return max(known, value, key=len)
    return value if value in _WIDER.get((dimension, known), (value,)) else known


def fen(form: Form, place: Place, books: Books) -> int | None:
    """The figure at a place in fen, or None where the form has none there."""
    side = form.sides[place.side]
    column = side.columns[place.column]
    if column.of is not None:
        later, earlier = (fen(form, place._replace(column=number), books) for number in column.of)
        return None if later is None or earlier is None else later - earlier
    at = coordinate(form, place)
    return None if at is None else books.fen(at)
