"""A planted slip: one digit of one figure is another one."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tests.benchmarks.lottery.equations import Key, values
from tests.benchmarks.lottery.printed_forms import PrintedForm
from tests.benchmarks.lottery.truth import Equation, Slip, broken


def planted(
    chance: random.Random,
    forms: Sequence[PrintedForm],
    equations: tuple[Equation, ...],
    numbers: Mapping[Key, int],
) -> Slip:
    """Change one digit of a figure that is in some equation, in the forms themselves."""
    connected = {cell for equation in equations for cell in equation.cells}
    able = [
        key
        for key, number in numbers.items()
        if number in connected and any(digit in "123456789" for digit in _figure(forms, key).text)
    ]
    key = chance.choice(able)
    form_no, place = key
    figure = _figure(forms, key)
    text = with_another_digit(chance, figure.text)
    forms[form_no - 1].rendered.figures[place] = replace(figure, text=text)
    for slot in forms[form_no - 1].rendered.matrix.slots.values():
        if slot.key == place:
            slot.text = text
    after = broken(equations, values(forms, numbers))
    return Slip(numbers[key], figure.text, text, after)


def with_another_digit(chance: random.Random, text: str) -> str:
    """A text with one digit changed; a first digit does not become zero."""
    at = chance.choice([position for position, character in enumerate(text) if character.isdigit()])
    is_first = not any(character.isdigit() for character in text[:at])
    others = [digit for digit in "0123456789" if digit != text[at] and not (is_first and digit == "0")]
    return text[:at] + chance.choice(others) + text[at + 1 :]


def _figure(forms: Sequence[PrintedForm], key: Key):
    form_no, place = key
    return forms[form_no - 1].rendered.figures[place]
