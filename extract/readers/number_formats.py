"""A number as a workbook prints it: the stored value under its number format.

What the format codes say is ECMA-376 part 1, 18.8.31. What is not carried out here (fractions, scientific
notation, elapsed time, literals between digits) gives the stored number instead: never a wrong one.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"
_STORED_DIGITS = 15  # a double holds 15 decimal digits for certain; those after them are noise

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"'
    r"|\\(?P<escaped>.)"
    r"|_(?P<skipped>.)"
    r"|\*(?P<filled>.)"
    r"|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<number>[0#?][0#?,]*(?:\.[0#?]*)?,*|\.[0#?]+,*)"
    r"|(?P<percent>%)"
    r"|(?P<general>General)"
    r"|(?P<literal>[-+ ()/:￥¥$€£元万亿，、年月日时分秒])"
)
_DATE_PART = re.compile(r'y+|m+|d+|h+|s+|"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|;.*|@|AM/PM', re.IGNORECASE)


class _Section(NamedTuple):
    before: str
    number: str | None
    after: str
    percents: int


def printed_number(value: float, code: str = GENERAL) -> str:
    """Give the text a person sees for a stored number under a format code (``#,##0.00``, ``0%`` …)."""
    exact = _exact(value)
    sections = code.split(";") if '"' not in code else _split_sections(code)
    chosen, is_signed = _choose(exact, sections)
    section = _parse(chosen) if chosen is not None else None
    if section is None:
        return stored_number(value)
    return _render(exact if is_signed else abs(exact), section)


def stored_number(value: float) -> str:
    """Give a stored number without a format: its digits without noise, no exponent, no ``.0``."""
    text = format(_exact(value), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def printed_date(value: dt.datetime | dt.date | dt.time | dt.timedelta, code: str) -> str:
    """Give a date or a time under its format code; by ISO 8601 where the code does not say."""
    if isinstance(value, dt.timedelta):
        return str(value)
    if not re.search("[ymdhs]", code, re.IGNORECASE):
        return value.isoformat()
    after_hour = False

    def part(match: re.Match[str]) -> str:
        nonlocal after_hour
        token = match.group().lower()
        if match.group(1) is not None or match.group(2) is not None:
            return match.group(1) or match.group(2) or ""
        minute = token[0] == "m" and (after_hour or code[match.end() : match.end() + 2].lower() == ":s")
        after_hour = token[0] == "h" or (after_hour and token[0] not in "yd")
        return _date_part(value, "n" if minute else token[0], len(token))

    return _DATE_PART.sub(part, code).strip()


def _date_part(value: dt.datetime | dt.date | dt.time, kind: str, length: int) -> str:
    name = {"y": "year", "m": "month", "d": "day", "h": "hour", "n": "minute", "s": "second"}.get(kind)
    number = getattr(value, name, None) if name else None
    if number is None:
        return ""
    if kind == "y":
        return f"{number:04d}" if length > 2 else f"{number % 100:02d}"
    return f"{number:02d}" if length >= 2 else str(number)


def _exact(value: float) -> Decimal:
    return Decimal(value) if isinstance(value, int) else Decimal(format(value, f".{_STORED_DIGITS}g"))


@lru_cache(1024)
def _split_sections(code: str) -> list[str]:
    sections, is_quoted, current = [], False, ""
    for letter in code:
        is_quoted ^= letter == '"'
        if letter == ";" and not is_quoted:
            sections.append(current)
            current = ""
        else:
            current += letter
    return [*sections, current]


def _choose(value: Decimal, sections: list[str]) -> tuple[str | None, bool]:
    """Give the section for a value (positive; negative; zero) and whether the sign is still to be written.

    None for sections with conditions of their own.
    """
    if any(mark in sections[0] for mark in ("[<", "[>", "[=")):
        return None, True
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], True


@lru_cache(1024)
def _parse(section: str) -> _Section | None:
    """Split a section into the text before the digits, the digits and the text after; None if unknown."""
    if not section.strip():
        return _Section("", None, "", 0) if section == "" else None
    before, number, after, percents, position = "", None, "", 0, 0
    while position < len(section):
        match = _TOKEN.match(section, position)
        if match is None or match.group("general"):
            return None
        position = match.end()
        if match.group("number"):
            if number is not None:
                return None
            if set(match.group("number")) == {"?"} and before.strip():
                continue  # '"-"??' prints a dash and keeps room for digits
            number = match.group("number")
        elif match.group("percent"):
            percents += 1
            after += "%"
        else:
            text = match.group("quoted") or match.group("escaped") or match.group("currency")
            text = text or match.group("literal") or ""
            if number is None:
                before += text
            else:
                after += text
    return _Section(before, number, after, percents)


def _render(value: Decimal, section: _Section) -> str:
    if section.number is None:
        return (section.before + section.after).strip()
    whole, _, decimals = section.number.rstrip(",").partition(".")
    thousands = len(section.number) - len(section.number.rstrip(","))
    scaled = value.scaleb(2 * section.percents - 3 * thousands)
    rounded = scaled.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    sign = "-" if rounded < 0 else ""
    digits, _, fraction = format(abs(rounded), "f").partition(".")
    digits = digits.zfill(whole.count("0"))
    if digits.strip("0") == "" and "0" not in whole:
        digits = ""
    if "," in whole:
        digits = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", digits)
    kept = len(decimals.rstrip("#?")) if decimals else 0
    fraction = fraction[:kept] + fraction[kept:].rstrip("0")
    number = digits + ("." + fraction if fraction or (decimals and kept) else "")
    return (sign + section.before + number + section.after).strip()
