"""Comparisons that are said in words (决算数大于预算数, 与上年持平), with the figures they are said of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract.forms.comparing_words import named_before, named_budget
from extract.forms.said import Said
from extract.forms.subjects import is_generic, is_short_for, subject_of
from extract.prose_words import ProseWords

_RECENT = 60  # figures that a comparison can be of
_SENTENCE_WINDOW = 400  # characters before a comparison in which its sentence begins
_CLAUSE_WINDOW = 60  # characters before a comparison in which its subject stands


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison in words."""

    number: int  # in its paragraph, from 1
    direction: str  # up | down | equal
    is_about: bool  # 基本持平: not meant to the last digit
    is_budget: bool  # the outcome against the budget, else a year against the one before
    budget: str | None  # of several budgets the one that is named: budgeted | adjusted
    levels: tuple[Said, ...]  # the figures of its subject that stand before it


@cache
def _pattern(words: ProseWords) -> re.Pattern[str]:
    budget = words.basis_budget.pattern
    earlier = rf"(?:{words.basis_last_year.pattern}|20\d\d\s*年?度?)(?:{words.basis_version.pattern})"
    return re.compile(
        rf"(?P<outcome>(?:{words.outcome.pattern}))\s*"
        rf"(?:(?P<greater>{words.greater.pattern})|(?P<less>{words.less.pattern})|(?P<same>{words.equal.pattern}))"
        rf"\s*(?>{budget})(?!\s*[\d.])"
        rf"|(?:{words.compare.pattern})\s*(?:(?P<budget>{budget})|{earlier})(?:{words.compare_tail.pattern})"
        rf"\s*(?:(?P<about>{words.about.pattern})?(?P<equal>{words.equal.pattern})"
        # 比上年2万元有所增加: a direction with the figure it is counted from, and without one of its own
        rf"|(?:\d[\d,]*(?:\.\d+)?\s*(?:{words.money_unit.pattern}))?\s*(?:{words.slightly.pattern})?"
        rf"(?:(?P<rose>{words.up.pattern})|(?P<fell>{words.down.pattern}))"
        rf"(?:{words.rough_size.pattern})?(?=\s*(?:[，,；;。]|$)))"
    )


def comparisons(text: str, said: Sequence[Said], words: ProseWords) -> Iterator[Comparison]:
    """The comparisons of a paragraph behind a figure of it, in printed order."""
    levels = [figure for figure in said if figure.claim.kind == "level"]
    if not levels:
        return
    passed = 0
    for number, match in enumerate(_pattern(words).finditer(text), 1):
        while passed < len(levels) and levels[passed].end <= match.start():
            passed += 1
        before = levels[max(passed - _RECENT, 0) : passed]
        if not before:
            continue
        start = max(before[-1].end, match.start() - _CLAUSE_WINDOW)
        moved = match.group("rose") or match.group("fell")
        if moved and len(_subjects_of_its_sentence(text, match.start(), before, words)) > 1:
            continue  # behind several figures it may be said of all of them
        within = levels[passed : passed + 1]
        if within and within[0].end <= match.end():
            before = [*before, *within]
        topic = _topic(text[start : match.start()], before, words)
        if topic is None:
            continue
        yield Comparison(
            number,
            "up"
            if match.group("greater") or match.group("rose")
            else "down"
            if match.group("less") or match.group("fell")
            else "equal",
            is_about=match.group("about") is not None
            or words.about.match(match.group("equal") or "") is not None,
            is_budget=match.group("outcome") is not None or match.group("budget") is not None,
            budget=named_budget(match.group(), words),
            levels=topic,
        )


def _subjects_of_its_sentence(
    text: str, start: int, before: Sequence[Said], words: ProseWords
) -> set[str | None]:
    ends = [end.end() for end in words.sentence_end.finditer(text, max(0, start - _SENTENCE_WINDOW), start)]
    begin = ends[-1] if ends else 0
    return {level.claim.subject for level in before if level.end > begin}


def _topic(clause: str, levels: Sequence[Said], words: ProseWords) -> tuple[Said, ...] | None:
    """The figures that a comparison is of: of the subject it names, else of the last one."""
    nearest = levels[-1].claim.subject
    last = words.sentence_end.split(clause)[-1]
    named = subject_of(last, words) or subject_of(named_before(last, words) or "", words)
    is_named = (
        named is not None
        and not (is_generic(named, words) or words.flow.fullmatch(named))
        and words.reason.search(last) is None
    )
    if is_named and not (nearest and named and (named == nearest or is_short_for(named, nearest, words))):
        return tuple(level for level in levels if level.claim.subject == named) or None
    return tuple(level for level in levels if level.claim.subject == nearest)
