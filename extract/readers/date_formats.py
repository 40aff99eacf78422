"""A date as a workbook prints it, under its number format (ECMA-376 part 1, 18.8.31)."""

from __future__ import annotations

import datetime as dt
import re

_DATE_PART = re.compile(r'y+|m+|d+|h+|s+|"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.|;.*|@|AM/PM', re.IGNORECASE)


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
