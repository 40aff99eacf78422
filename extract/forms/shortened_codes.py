"""Codes of 款 that are printed without their class: 213, then 03 for 21303, then 2130305."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.printed import PrintedLine

_CLASS, _PART = 3, 2  # digits


def with_whole_codes(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines of one form, each shortened code with the class above it.

    It is one where a code below the same class begins with both; else it stays as it is printed.
    """
    classes = list(_classes_above(lines))
    begun = {
        (line.side_no, above, line.code[: _CLASS + _PART])
        for line, above in zip(lines, classes, strict=True)
        if line.code is not None and len(line.code) > _CLASS + _PART
    }
    return [
        replace(line, code=above + line.code)
        if above is not None
        and line.code is not None
        and len(line.code) == _PART
        and (line.side_no, above, above + line.code) in begun
        else line
        for line, above in zip(lines, classes, strict=True)
    ]


def _classes_above(lines: Sequence[PrintedLine]) -> Iterator[str | None]:
    """The class that each line is or stands below, in its table."""
    last: dict[int, str] = {}
    for line in lines:
        if line.code is not None and len(line.code) == _CLASS:
            last[line.side_no] = line.code
        yield last.get(line.side_no)
