"""Marks of notes that a document sets apart from its figures: raised (superscript) runs of a few signs."""

from __future__ import annotations

import re

_MARK = re.compile(r"\s*[\[(（【〔]?注?[0-9０-９①-⓿❶-➓一二三四五六七八九十*＊※†‡、，,\s]{0,4}[\])）】〕]?\s*")
_TWO_DIGITS = re.compile(r"\s*\d\d\s*")
_WHOLE_NUMBER = re.compile(r"(?:^|[^\d.,])\d[\d,]*$")
_OF_A_UNIT = re.compile(r"[A-Za-zµ㎡]$")  # m², km²


def is_note_mark(raised: str, before: str) -> bool:
    """Whether a raised run after ``before`` calls a note, which is no part of its cell's text."""
    return _MARK.fullmatch(raised) is not None and _OF_A_UNIT.search(before.rstrip()) is None


def may_be_decimals(raised: str, before: str) -> bool:
    """Whether a raised run may be the 分 of a figure as prices are printed: 1836 and, raised, 42."""
    return _TWO_DIGITS.fullmatch(raised) is not None and _WHOLE_NUMBER.search(before.rstrip()) is not None
