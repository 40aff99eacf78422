"""The figures of a sentence: numerals with a unit of money or a percent sign, and the lists they form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extract.prose_words import ProseWords

# A numeral is matched whole at its first digit: what follows decides afterwards what it is, so that a long
# run of digits, commas or spaces is walked through once.
_NUMERAL = re.compile(r"(?:(?<![\d.%％])-)?(?:\d{1,3}(?:[,，]\d{3}(?!\d))+|\d+)(?:\.\d+)?")
_SPACES = r"\s{0,8}"
_JOINED = re.compile(r"[,，、]")
_ENDS_THERE = re.compile(r"\s{0,8}(?:[，。；;：:、）)]|,(?!\d)|$)")  # no unit of anything stands behind it
_MONEY_WINDOW = 12  # characters before a bare decimal that say that money is meant


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its place in the sentence; figures joined by nothing but 、 or 和 are one list."""

    start: int
    end: int
    text: str  # without inner spaces, with its unit
    is_rate: bool
    has_unit: bool = True
    is_multiple: bool = False  # 16倍: a rate of 1600 %
    list_no: int = 0
    place: int = 0  # in its list, from 0
    size: int = 1  # of its list


@cache
def _unit(words: ProseWords) -> re.Pattern[str]:
    return re.compile(
        rf"{_SPACES}(?:(?P<money>{words.money_unit.pattern})|(?P<rate>[%％]|(?P<times>{words.times_unit.pattern})))"
    )


def figures(sentence: str, words: ProseWords) -> tuple[Figure, ...]:
    """The figures with a unit, in order; one unit serves a list of decimals (``4125.49,4143.91万元``).

    Nothing needs no unit (年初预算为0，).
    A decimal without any is one too, where the words before it speak of money and no other unit follows.
    """
    unit = _unit(words)
    found: list[Figure] = []
    without: list[Figure] = []
    bare: list[re.Match[str]] = []  # decimals without a unit that the next numeral may bring
    for numeral in _NUMERAL.finditer(sentence):
        if bare and not _JOINED.fullmatch(sentence, bare[-1].end(), numeral.start()):
            bare.clear()
        measured = unit.match(sentence, numeral.end())
        if measured is None:
            if numeral.group() == "0" and _is_nothing(sentence, numeral, words):
                found.append(Figure(numeral.start(), numeral.end(), numeral.group(), False))
            elif "." in numeral.group():
                bare.append(numeral)
                if _is_money(sentence, numeral, words):
                    without.append(Figure(numeral.start(), numeral.end(), numeral.group(), False, False))
            continue
        found.extend(_figure(each, each.end(), measured) for each in bare)
        bare.clear()
        found.append(_figure(numeral, measured.end(), measured))
    listed = {figure.start for figure in found}
    alone = [figure for figure in without if figure.start not in listed]
    return tuple(sorted((*_lists(sentence, found, words), *alone), key=lambda figure: figure.start))


def _is_money(sentence: str, numeral: re.Match[str], words: ProseWords) -> bool:
    before = sentence[max(0, numeral.start() - _MONEY_WINDOW) : numeral.start()]
    return (
        _ENDS_THERE.match(sentence, numeral.end()) is not None
        and words.about_money.search(before) is not None
        and words.no_figure.search(before) is None
    )


def _is_nothing(sentence: str, numeral: re.Match[str], words: ProseWords) -> bool:
    """年初预算为0，: of any unit that is nothing."""
    before = sentence[max(0, numeral.start() - _MONEY_WINDOW) : numeral.start()]
    return (
        _ENDS_THERE.match(sentence, numeral.end()) is not None and words.nothing_of.search(before) is not None
    )


def _figure(numeral: re.Match[str], end: int, unit: re.Match[str]) -> Figure:
    return Figure(
        numeral.start(),
        end,
        numeral.group() + unit.group().strip(),
        is_rate=unit.group("rate") is not None,
        is_multiple=unit.group("times") is not None,
    )


def _lists(sentence: str, found: Sequence[Figure], words: ProseWords) -> Iterator[Figure]:
    runs: list[list[Figure]] = []
    for figure in found:
        last = runs[-1][-1] if runs else None
        joined = (
            last is not None
            and (last.is_rate, last.is_multiple) == (figure.is_rate, figure.is_multiple)
            and figure.start - last.end < 4
            and words.join.match(sentence[last.end : figure.start])
        )
        if joined:
            runs[-1].append(figure)
        else:
            runs.append([figure])
    for number, run in enumerate(runs):
        for place, figure in enumerate(run):
            yield replace(figure, list_no=number, place=place, size=len(run))
