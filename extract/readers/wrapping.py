"""Text that was wrapped inside one printed cell: joined, as :class:`extract.blocks.Cell` promises."""

from __future__ import annotations

import re

_SPACES = re.compile(r"[ \t\r\f\v\xa0\u3000\u2002-\u200b]+")
_ENDS_LATIN = re.compile(r"[A-Za-zÀ-ÿ]$")
_STARTS_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")


def lines_of(text: str) -> list[str]:
    """Give the lines of a text that are not blank, without surrounding white space."""
    return [line for line in (strip(each) for each in text.split("\n")) if line]


def join_lines(text: str) -> str:
    """Join the lines of a cell: without a space, unless both sides of the break are Latin letters."""
    joined = ""
    for line in lines_of(text):
        between = " " if _ENDS_LATIN.search(joined) and _STARTS_LATIN.match(line) else ""
        joined += between + line
    return joined


def strip(text: str) -> str:
    """Strip white space of every width, and write each run of it inside the text as one space."""
    return _SPACES.sub(" ", text).strip()
