"""Conditional formats of workbooks: which cells they show otherwise than their own format does.

Rules that compare with a number are carried out. Of others nothing tells whether they hold, so a figure that
one of them would hide, or show as another, is in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from lxml import etree

from extract.readers.workbook_rows import PALEST

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_OF_ERRORS = re.compile(r"\bIS(?:ERR|ERROR|NA|BLANK|TEXT)\b", re.IGNORECASE)
_MOST_RANGES = 2_000


class Look(NamedTuple):
    """What a conditional format changes of a cell: its number format, and whether nobody sees it then."""

    number_format: str | None
    is_unseen: bool


class Condition(NamedTuple):
    """A rule: where it is asked (first and last row, first and last column), what it asks, and its look."""

    places: tuple[tuple[int, int, int, int], ...]
    operator: str | None  # None: nothing tells whether it holds
    numbers: tuple[float, ...]
    look: int


def conditions_in(element: etree._Element) -> list[Condition]:
    """The rules of one ``conditionalFormatting`` that look at values."""
    places = tuple(_places(element.get("sqref", "")))
    found = []
    for rule in element.iterfind(f"{_MAIN}cfRule"):
        look = rule.get("dxfId", "")
        formulas = [formula.text or "" for formula in rule.iterfind(f"{_MAIN}formula")]
        if not look.isdecimal() or any(map(_OF_ERRORS.search, formulas)):
            continue
        is_plain = rule.get("type") == "cellIs" and all(map(_NUMBER.fullmatch, formulas))
        numbers = tuple(map(float, formulas)) if is_plain else ()
        found.append(Condition(places, rule.get("operator") if is_plain else None, numbers, int(look)))
    return found


def looks_in(styles: bytes) -> list[Look]:
    """What the conditional formats of a workbook change, by their number; none that changes colours alone."""
    root = etree.fromstring(styles, etree.XMLParser(resolve_entities=False, no_network=True))
    return [_look(each) for each in root.iterfind(f"{_MAIN}dxfs/{_MAIN}dxf")]


class Looks:
    """The conditional formats of one sheet, with what they change."""

    def __init__(self, conditions: Iterable[Condition], looks: list[Look]) -> None:
        """Keep the rules that change what is seen of a figure."""
        self._asked = [
            (each, looks[each.look])
            for each in conditions
            if each.look < len(looks) and (looks[each.look].is_unseen or looks[each.look].number_format)
        ]

    def of(self, row: int, column: int, value: float) -> tuple[Look, bool] | None:
        """The first look that a cell may have (row from 1, column from 0), and whether it has it surely."""
        for condition, look in self._asked:
            if any(
                top <= row <= bottom and left <= column <= right
                for top, bottom, left, right in condition.places
            ):
                if condition.operator is None:
                    return look, False
                if _holds(value, condition.operator, condition.numbers):
                    return look, True
        return None


def _look(element: etree._Element) -> Look:
    code = element.find(f"{_MAIN}numFmt")
    font = element.find(f"{_MAIN}font/{_MAIN}color")
    fill = element.find(f"{_MAIN}fill/{_MAIN}patternFill/{_MAIN}bgColor")
    ink, ground = _channels(font), _channels(fill)
    is_unseen = ink is not None and (ink == ground if fill is not None else min(ink) >= PALEST)
    return Look(code.get("formatCode") if code is not None else None, is_unseen)


def _channels(colour: etree._Element | None) -> tuple[int, ...] | None:
    if colour is None:
        return None
    if colour.get("theme") == "0" and not colour.get("tint"):
        return 255, 255, 255
    try:
        return tuple(bytes.fromhex(colour.get("rgb", "")))[-3:] or None
    except ValueError:
        return None


def _places(written: str) -> Iterable[tuple[int, int, int, int]]:
    for each in written.split()[:_MOST_RANGES]:
        match = _RANGE.fullmatch(each)
        if match is not None:
            first, top, last, bottom = match.groups()
            left = _column(first)
            yield int(top), int(bottom or top), left, _column(last) if last else left


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _holds(value: float, operator: str, numbers: tuple[float, ...]) -> bool:
    if not numbers:
        return False
    first, last = min(numbers), max(numbers)
    return {
        "greaterThan": value > first,
        "greaterThanOrEqual": value >= first,
        "lessThan": value < first,
        "lessThanOrEqual": value <= first,
        "equal": value == first,
        "notEqual": value != first,
        "between": first <= value <= last,
        "notBetween": not first <= value <= last,
    }.get(operator, True)
