"""The equations that the figures of a set satisfy, and the figures as truth."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal

from tests.benchmarks.lottery.logical import Place
from tests.benchmarks.lottery.printed_forms import PrintedForm
from tests.benchmarks.lottery.truth import CellTruth, Equation

Key = tuple[int, Place]
"""1-based number of the form, and the place in it."""


def equations_of(forms: Sequence[PrintedForm]) -> tuple[tuple[Equation, ...], dict[Key, int]]:
    """Give the equations between figures that are printed, and a number for every such figure.

    Blank figures are left out of sums. A sum whose whole is blank is no equation, nor are equal zeros.
    """
    numbers: dict[Key, int] = {}
    for form_no, form in enumerate(forms, start=1):
        for place, figure in form.rendered.figures.items():
            if figure.text:
                numbers[form_no, place] = len(numbers)
    equations: list[Equation] = []
    for form_no, form in enumerate(forms, start=1):
        for whole, terms in form.rendered.sums:
            parts = tuple((sign, numbers[form_no, at]) for sign, at in terms if (form_no, at) in numbers)
            if (form_no, whole) in numbers and parts:
                equations.append(Equation("sum", numbers[form_no, whole], parts, is_across=False))
    return (*equations, *_same(forms, numbers)), numbers


def _same(forms: Sequence[PrintedForm], numbers: Mapping[Key, int]) -> list[Equation]:
    """Figures of one coordinate, wherever they are printed."""
    groups: dict[Hashable, list[Key]] = {}
    for form_no, form in enumerate(forms, start=1):
        for place, figure in form.rendered.figures.items():
            if figure.at is not None and figure.fen and figure.text:
                groups.setdefault(figure.at, []).append((form_no, place))
    found = []
    for keys in groups.values():
        if len(keys) > 1:
            first, *others = keys
            is_across = len({form_no for form_no, _ in keys}) > 1
            parts = tuple((1, numbers[key]) for key in others)
            found.append(Equation("same", numbers[first], parts, is_across))
    return found


def yuan(text: str, unit: str) -> Decimal | None:
    """What a printed figure is in yuan; None for a dash."""
    if not any(character.isdigit() for character in text):
        return None
    return Decimal(text.replace(",", "")) * (10_000 if unit == "万元" else 1)


def values(forms: Sequence[PrintedForm], numbers: Mapping[Key, int]) -> dict[int, Decimal]:
    """Yuan by figure, as printed; a dash is nothing."""
    found = {}
    for (form_no, place), number in numbers.items():
        form = forms[form_no - 1]
        figure = form.rendered.figures[place]
        if figure.is_money:
            found[number] = yuan(figure.text, form.look.unit) or Decimal(0)
    return found


def cell_truths(
    forms: Sequence[PrintedForm], numbers: Mapping[Key, int], at: Mapping[Hashable, tuple[int, int, int]]
) -> tuple[CellTruth, ...]:
    """The figures with their places in the content."""
    cells = []
    for (form_no, place), number in numbers.items():
        form = forms[form_no - 1]
        figure = form.rendered.figures[place]
        amount = yuan(figure.text, form.look.unit) if figure.is_money else None
        cells.append(
            CellTruth(
                number, form_no, *at[form_no, place], figure.text, amount, figure.label, figure.code,
                figure.measure, figure.fund, figure.version, figure.year, figure.nature,
            )
        )  # fmt: skip
    return tuple(cells)
