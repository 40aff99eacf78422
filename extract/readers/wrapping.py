"""Text that was wrapped inside one printed cell: joined, as :class:`extract.blocks.Cell` promises."""

from __future__ import annotations

import re

_SPACES = re.compile(r"[ \t\r\f\v\xa0\u3000\u2002-\u200a]+")
_OF_NO_WIDTH = re.compile(r"[\u200b-\u200f\u202a-\u202d\u2060\ufeff]")
# 编制部门：某局            单位：元, in one line: spaces that push a label aside, not those within a title
_ASIDE = re.compile(r"\t+|(?<![ \xa0\u3000])[ \xa0\u3000]{4,}+(?=[^\s：:]{1,12}[：:])")
_ENDS_LATIN = re.compile(r"[A-Za-zÀ-ÿ]$")
_STARTS_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")


def lines_of(text: str) -> list[str]:
    """Give the lines of a text that are not blank, without surrounding white space."""
    return [line for line in (each.strip() for each in text.split("\n")) if line]


def side_by_side(line: str) -> list[str]:
    """Split a line that prints several things side by side: at tabs, and where spaces push a label aside."""
    return [part for part in (strip(each) for each in _ASIDE.split(line)) if part]


def join_lines(text: str) -> str:
    """Join the lines of a cell: without a space, unless both sides of the break are Latin letters."""
    joined = ""
    for line in map(strip, lines_of(text)):
        between = " " if _ENDS_LATIN.search(joined) and _STARTS_LATIN.match(line) else ""
        joined += between + line
    return joined


def strip(text: str) -> str:
    """Strip white space of every width, and write each run of it inside the text as one space."""
    return _SPACES.sub(" ", _OF_NO_WIDTH.sub("", text)).strip()
