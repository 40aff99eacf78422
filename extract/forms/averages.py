"""Averages of the prose (人均接待费57.64元): what they are of, and how many were counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extract.forms.pairs import BUDGET
from extract.forms.said import Said
from extract.forms.subjects import bare_name, is_generic, is_short_for
from extract.prose_words import ProseWords

_WINDOW = 400  # characters before or behind an average in which stands how many there are
_MOST_DIGITS = 9
_EACH = frozenset("平均每")  # says of each, not of what


class Average(NamedTuple):
    """The figure that an average divides, and by how many; why it cannot be asked."""

    whole: Said | None
    quantity: int | None
    because: str | None


def is_average(figure: Said, words: ProseWords) -> bool:
    """Whether a figure is of each of those counted: it is no part of anything."""
    subject = figure.claim.subject
    return figure.claim.kind == "level" and subject is not None and words.average.match(subject) is not None


def average_of(
    figure: Said, levels: Sequence[Said], recent: Sequence[Said], text: str, words: ProseWords
) -> Average:
    """What an average is of: the last figure of its name before it, and the one count of its kind.

    `levels` are those of its paragraph, `recent` those of paragraphs before.
    """
    subject = figure.claim.subject or ""
    match = words.average.match(subject)
    named = subject[match.end() :] if match else ""
    fitting = [level for level in levels if _may_be_whole(level, figure)]
    if named and not is_generic(named, words):
        bare = bare_name(named, words)
        fitting = [
            level
            for level in (*(each for each in recent if _may_be_whole(each, figure)), *fitting)
            if is_short_for(bare, level.claim.subject or "", words)
        ]
    whole = fitting[-1] if fitting else None
    said = match.group() if match else ""
    before, behind = text[max(figure.end - _WINDOW, 0) : figure.end], text[figure.end : figure.end + _WINDOW]
    counts = set(_counts(before, said, words) or _counts(behind, said, words))
    if whole is None or not counts:
        return Average(whole, None, "whole_not_printed" if whole is None else "part_not_printed")
    if len(counts) > 1 or 0 in counts:
        return Average(whole, None, "several_figures")
    return Average(whole, counts.pop(), None)


def _may_be_whole(level: Said, average: Said) -> bool:
    return level.year == average.year and level.version not in BUDGET and not level.is_in_reason


def _counts(text: str, said: str, words: ProseWords) -> Sequence[int]:
    """How many are counted of what an average is said of: their unit begins with a letter of its words."""
    of_vehicles = words.of_vehicles.search(said) is not None
    return [
        int(number.replace(",", ""))
        for number, unit in _counted(words).findall(text)
        if len(number) <= _MOST_DIGITS
        and (words.of_vehicles.search(unit) is not None if of_vehicles else unit[:1] in set(said) - _EACH)
    ]


@cache
def _counted(words: ProseWords) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.,])(\d{{1,9}}(?:,\d{{3}})*)\s*({words.count_unit.pattern})")
