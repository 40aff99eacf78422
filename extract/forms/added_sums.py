"""Totals that the prose counts up to (收入9万元，加上补助5万元、上年结转1万元后，收入总计15万元)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.forms.said import Said
from extract.prose_words import ProseWords

_BRACKET_OPEN = re.compile(r"[（(][^）)]*$")
_CLOSED = ("）", ")")
_FEWEST_PARTS = 3  # with what they are added to; of two, one may be a part of the other


class AddedSum(NamedTuple):
    """A total, and what it was counted up from, in printed order."""

    total: Said
    parts: Sequence[Said]


def added_sums(levels: Sequence[Said], words: ProseWords) -> Iterator[AddedSum]:
    """The totals of a paragraph that begins with a figure and adds others to it.

    What stands in brackets is within another figure. A total of another flow than the figure at the start
    (收入, 支出) is not counted up from it.
    """
    plain = [level for level in levels if not is_bracketed(level) and not level.is_in_reason]
    counted: list[Said] = []
    for place, level in enumerate(plain):
        if not counted and place and words.adding.search(level.before):
            # a sentence of its own (加上…) goes on about the figure that the paragraph began with
            begun = [each for each in plain[:place] if each.period == level.period]
            counted = [begun[0] if begun else plain[0], level]
        elif counted and level.period != counted[-1].period:
            counted = []
        elif counted and words.total.search(_named(level)):
            if len(counted) >= _FEWEST_PARTS and _flow(counted[0], words) == _flow(level, words) is not None:
                yield AddedSum(level, counted)
            counted = []
        elif counted:
            counted.append(level)


def is_bracketed(level: Said) -> bool:
    """Whether a figure stands in a bracket that closes right behind it."""
    return level.after[:1] in _CLOSED and _BRACKET_OPEN.search(level.before) is not None


def _named(level: Said) -> str:
    return re.split(r"[，,]", level.before)[-1]


def _flow(level: Said, words: ProseWords) -> str | None:
    found = set(words.flow.findall(f"{level.claim.subject or ''}{_named(level)}"))
    return found.pop() if len(found) == 1 else None


def counted_up(levels: Sequence[Said], words: ProseWords) -> Iterator[AddedSum]:
    """The totals without a name behind the figures of their sentence (货物2万元，服务3万元，合计5万元).

    What has parts of its own, stands in brackets or is of another year leaves open what is counted up.
    """
    run: list[Said] = []
    for level in levels:
        if run and level.sentence != run[-1].sentence:
            run = []
        if level.is_in_reason or level.depth or is_bracketed(level):
            run = []
            continue
        is_total = words.sum_alone.fullmatch(_named(level)) is not None
        if is_total and len(run) >= _FEWEST_PARTS:
            # the whole may have been said in front, too
            parts = run[1:] if run[0].claim.claim_text == level.claim.claim_text else run
            if len(parts) >= _FEWEST_PARTS and _are_alike(parts, level):
                yield AddedSum(level, parts)
        run = [] if is_total or words.parts.search(level.after) else [*run, level]


def _are_alike(parts: Sequence[Said], total: Said) -> bool:
    """Whether figures are of the year of their total and of one version, and each of something else."""
    return (
        total.year is not None
        and all(part.year == total.year for part in parts)
        and len({part.version for part in parts}) == 1
        and len({part.claim.subject for part in parts}) == len(parts)
    )
