"""What was printed, by set: the forms, every figure with what it is, the equations between them, the slip."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class CellTruth:
    """A figure on paper.

    Attributes:
        cell_id: number in the set.
        form_no: 1-based number of its form in the set.
        item: which item of the content; ``row`` and ``column`` are the place in that table.
        text: as printed; never empty.
        yuan: the exact amount as printed; None for a dash and for what is no money.
        row_label: the label of its row, as printed.
        code: the functional, economic or unit code of its row.
        measure, fund, version: names that are right, the best first; empty where nothing is asked. Versions
            are budget, adjusted_budget, final and execution.
        year: the fiscal year; 0 for a change or a rate.
        nature: figure, change, rate or count.
    """

    cell_id: int
    form_no: int
    item: int
    row: int
    column: int
    text: str
    yuan: Decimal | None
    row_label: str
    code: str
    measure: tuple[str, ...]
    fund: tuple[str, ...]
    version: tuple[str, ...]
    year: int
    nature: str

    @property
    def is_money(self) -> bool:
        """Whether the reader has to give an amount for it."""
        return self.nature in ("figure", "change")


@dataclass(frozen=True)
class FormTruth:
    """A form on paper.

    Attributes:
        form_no: 1-based number in the set.
        form_key: the standard form, or None.
        family: the layout family.
        drawing: the function that drew it.
        title: as printed, on one line.
        unit: of its figures.
        is_unit_printed: False where the unit stands nowhere in the form.
        has_rare_title, has_rare_header: whether a word that is hardly ever seen is printed there.
        layout: the alternatives of the look, for finding what breaks a reader.
    """

    form_no: int
    form_key: str | None
    family: str
    drawing: str
    title: str
    unit: str
    is_unit_printed: bool
    has_rare_title: bool
    has_rare_header: bool
    layout: dict[str, Any]

    @property
    def has_rare_word(self) -> bool:
        """Whether title or headers hold a word that a reader's tables will probably lack."""
        return self.has_rare_title or self.has_rare_header


@dataclass(frozen=True)
class Equation:
    """A whole and its signed parts (``sum``), or figures that are one and the same (``same``).

    Attributes:
        kind: sum or same.
        whole: the cell that is the sum; of same, the first of them.
        parts: (sign, cell) of what adds up; of same, the others with sign 1.
        is_across: whether it holds cells of several forms.
    """

    kind: str
    whole: int
    parts: tuple[tuple[int, int], ...]
    is_across: bool

    @property
    def cells(self) -> frozenset[int]:
        """All cells in it."""
        return frozenset((self.whole, *(cell for _, cell in self.parts)))


@dataclass(frozen=True)
class Slip:
    """One digit that was changed: the cell, what should stand there, what does, and what no longer holds."""

    cell_id: int
    meant: str
    printed: str
    broken: tuple[int, ...]


@dataclass(frozen=True)
class SetTruth:
    """One disclosure: who, what, when, in which format, and everything printed in it."""

    set_no: int
    family: str
    stage: str
    year: int
    publisher: str
    province: str
    level: str
    format_name: str
    forms: tuple[FormTruth, ...]
    cells: tuple[CellTruth, ...]
    equations: tuple[Equation, ...]
    slip: Slip | None

    def as_json(self) -> dict[str, Any]:
        """The truth as JSON can hold it; amounts are texts."""
        return _plain(dataclasses.asdict(self))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, Decimal) else value


def broken(equations: tuple[Equation, ...], values: dict[int, Decimal]) -> tuple[int, ...]:
    """Numbers of the equations that do not hold of some values by cell."""
    return tuple(number for number, equation in enumerate(equations) if not _holds(equation, values))


def _holds(equation: Equation, values: dict[int, Decimal]) -> bool:
    whole = values[equation.whole]
    if equation.kind == "same":
        return all(values[cell] == whole for _, cell in equation.parts)
    return whole == sum(sign * values[cell] for sign, cell in equation.parts)
