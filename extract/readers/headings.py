"""Which lines outside grids are headings, in every format alike."""

from __future__ import annotations

import re

_HEADINGS = (
    (1, re.compile(r"第[一二三四五六七八九十]+部分")),
    # a project has a chapter of its own in budgets
    (1, re.compile(r"[^，。；：:、]{2,40}(?:经费|资金)(?:安排)?情况说明$")),
    (2, re.compile(r"[一二三四五六七八九十]+、")),
    (3, re.compile(r"[(（][一二三四五六七八九十]+[)）]")),
)
_LONGEST_HEADING = 60  # characters; a numbered line that is longer is a paragraph
_SENTENCE = re.compile(
    r"[，；;]|,(?!\d{3})|。."
)  # a numbered line that goes on behind such a mark is one too


def heading_level(line: str) -> int | None:
    """Level of a heading: 1 of 第一部分 and 经费情况说明, 2 of 一、, 3 of （一）; None for another line."""
    if len(line) > _LONGEST_HEADING or _SENTENCE.search(line):
        return None
    return next((level for level, pattern in _HEADINGS if pattern.match(line)), None)
