"""What is typeset: paragraphs, and tables with merged cells. Knows nothing of who reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Place(NamedTuple):
    """A cell to typeset: where it begins, how far it reaches, its text."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


@dataclass(frozen=True)
class Table:
    """A grid of one width, as cells that cover it without gap or overlap. Sheets may leave out its rules."""

    height: int
    width: int
    places: tuple[Place, ...]
    is_ruled: bool = True


@dataclass(frozen=True)
class Paragraph:
    """One line of a disclosure."""

    text: str


@dataclass(frozen=True)
class Break:
    """Where a new page or sheet begins, with the name of the sheet."""

    name: str = ""


Content = tuple[Paragraph | Table | Break, ...]
