"""Marks that readers of flowing documents leave in a text while they put it together, and what they mean.

They are control characters, which no document holds. Each is taken out again when the cell is settled: it
then says whether the text can be trusted.
"""

from __future__ import annotations

import re

from extract.blocks import NOTHING_READ, Doubt

SEAM = "\x01"  # two pieces meet that may be two texts: a figure across it is in doubt
UNREAD = "\x02"  # something is shown here that is no text: a picture, a field without a result
UNSURE = "\x03"  # what stands here may be read otherwise

_MARKS = re.compile(f"[{SEAM}{UNREAD}{UNSURE}]")
_ACROSS = re.compile(rf"\d[{SEAM}{UNREAD}]+\d")
_BEFORE = re.compile(rf"{UNREAD}[^\w\n]*\d")  # a sign, perhaps
_DIGIT = re.compile(r"\d")


def without_marks(text: str) -> str:
    """Give a text without the marks."""
    return _MARKS.sub("", text)


def settled(text: str) -> tuple[str, Doubt | None]:
    """Give the text of a cell without marks, and what they say of it."""
    if not _MARKS.search(text):
        return text, None
    plain = without_marks(text).strip()
    if not plain:
        return (NOTHING_READ, "unread") if UNREAD in text else ("", None)
    if _BEFORE.search(text):
        return plain, "unread"
    if _ACROSS.search(text) or (UNSURE in text and _DIGIT.search(plain)):
        return plain, "glued"
    return plain, None
