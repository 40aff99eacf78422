"""One change to the text of a disclosure: what slips do to a figure, a row or a unit.

Changes of a figure take a printed number and give every number that the slip could make of it, always of
another value. Changes of a text take its lines and give new ones; places are those of staging: lines from 1,
split at ``"\\n"`` alone, fields from 0, split at tabs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

_NUMBER = re.compile(r"(?:\d[\d,]*)?(?:\.\d+|\d)")
_PRINTED = re.compile(r"\d+(\.\d+)?")
_UNIT = re.compile(r"(?<=单位[:：])(\s*(?:人民币)?)(万?元)")
_OTHER_UNIT = {"元": "万元", "万元": "元"}


class NotPossibleError(ValueError):
    """The text holds nothing that this change could be made to."""


def value(number: str) -> Decimal:
    """What a printed number says."""
    return Decimal(number.replace(",", ""))


def number_in(text: str) -> str | None:
    """The one number of a cell (``28 万`` → ``28``), None where there is none or more than one."""
    numbers = _NUMBER.findall(text)
    return numbers[0] if len(numbers) == 1 else None


def flip_digit(number: str) -> list[str]:
    """One digit replaced by another."""
    return _other_values(
        number,
        (
            plain[:at] + digit + plain[at + 1 :]
            for plain in [number.replace(",", "")]
            for at, old in enumerate(plain)
            if old != "."
            for digit in "0123456789"
        ),
    )


def swap_digits(number: str) -> list[str]:
    """Two neighbouring digits change places, also across the point."""
    plain = number.replace(",", "")
    point = plain.find(".")
    digits = plain.replace(".", "")
    swapped = (digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :] for at in range(len(digits) - 1))
    return _other_values(number, (_with_point(text, point) for text in swapped))


def move_point(number: str) -> list[str]:
    """The decimal point one place to the left or to the right."""
    plain = number.replace(",", "")
    point = plain.find(".")
    if point < 0:
        return []
    digits = plain.replace(".", "")
    left = _with_point(digits.rjust(len(digits) + (point == 1), "0"), max(point - 1, 1))
    right = _with_point(digits, point + 1)
    return _other_values(number, (left, _without_leading_zero(right)))


def drop_digit(number: str) -> list[str]:
    """One digit left out."""
    plain = number.replace(",", "")
    return _other_values(
        number, (plain[:at] + plain[at + 1 :] for at, digit in enumerate(plain) if digit != ".")
    )


def double_digit(number: str) -> list[str]:
    """One digit printed twice."""
    plain = number.replace(",", "")
    return _other_values(
        number, (plain[:at] + digit + plain[at:] for at, digit in enumerate(plain) if digit != ".")
    )


FIGURE_CHANGES: Mapping[str, Callable[[str], list[str]]] = {
    "flip_digit": flip_digit,
    "swap_digits": swap_digits,
    "move_point": move_point,
    "drop_digit": drop_digit,
    "double_digit": double_digit,
}


def change_cell(lines: list[str], line_no: int, field_no: int, before: str, after: str) -> list[str]:
    """Print another number in a cell, and keep all that stands around it.

    Raises:
        NotPossibleError: when ``before`` is not printed exactly once in the cell.
    """
    fields = _fields(lines, line_no)
    if fields[field_no].count(before) != 1:
        raise NotPossibleError(f"{before} is not once in line {line_no}, field {field_no}")
    fields[field_no] = fields[field_no].replace(before, after)
    return _with_line(lines, line_no, "\t".join(fields))


def drop_row(lines: list[str], line_no: int) -> list[str]:
    """Leave out a line; those below move up."""
    return lines[: line_no - 1] + lines[line_no:]


def shift_row(lines: list[str], line_no: int, field_numbers: Iterable[int], to_right: bool) -> list[str]:
    """Move the amounts of a row by one field, with the blanks between them.

    A blank field they move into is used up, so that the rest of the row stays. To the right, where there is
    none, the rest moves too.

    Raises:
        NotPossibleError: when there is no blank field to the left of the amounts.
    """
    first, last = min(field_numbers), max(field_numbers)
    fields = _fields(lines, line_no)
    ending = "\r" if fields[-1].endswith("\r") else ""
    fields[-1] = fields[-1].removesuffix("\r")
    amounts, following = fields[first : last + 1], fields[last + 1 :]
    if to_right:
        moved = [*fields[:first], "", *amounts, *(following[1:] if _is_blank(following) else following)]
    elif _is_blank(fields[first - 1 : first]):
        moved = [*fields[: first - 1], *amounts, "", *following]
    else:
        raise NotPossibleError(f"line {line_no} has no blank field before its amounts")
    return _with_line(lines, line_no, "\t".join(moved) + ending)


def change_unit(lines: list[str], line_no: int) -> list[str]:
    """元 instead of 万元 in a caption, or the other way round.

    Raises:
        NotPossibleError: when the line is no caption that states one of them.
    """
    line = lines[line_no - 1]
    if not states_unit(line):
        raise NotPossibleError(f"line {line_no} states no unit")
    return _with_line(lines, line_no, _UNIT.sub(lambda unit: unit[1] + _OTHER_UNIT[unit[2]], line))


def states_unit(line: str) -> bool:
    """Whether a line is a caption with the unit of money, once."""
    return len(_UNIT.findall(line)) == 1


def _other_values(number: str, candidates: Iterable[str]) -> list[str]:
    """Candidates that are well-formed and of another value, each once, grouped as ``number`` is."""
    well_formed = [text for text in candidates if _PRINTED.fullmatch(text) and not re.match(r"0\d", text)]
    others = [text for text in dict.fromkeys(well_formed) if value(text) != value(number)]
    return [_grouped(text) for text in others] if "," in number else others


def _grouped(plain: str) -> str:
    whole, point, decimals = plain.partition(".")
    return f"{int(whole):,}{point}{decimals}"


def _with_point(digits: str, point: int) -> str:
    """Put the point before ``digits[point]``; none where it would stand last, or where it is -1."""
    return f"{digits[:point]}.{digits[point:]}" if 0 <= point < len(digits) else digits


def _without_leading_zero(plain: str) -> str:
    return re.sub(r"^0(?=\d)", "", plain)


def _fields(lines: list[str], line_no: int) -> list[str]:
    return lines[line_no - 1].split("\t")


def _with_line(lines: list[str], line_no: int, line: str) -> list[str]:
    return [*lines[: line_no - 1], line, *lines[line_no:]]


def _is_blank(fields: list[str]) -> bool:
    """Whether the first field is there, and blank."""
    return bool(fields) and not fields[0].strip()
