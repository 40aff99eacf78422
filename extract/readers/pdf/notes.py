"""Marks of footnotes: small raised signs beside a larger character. They are no digits of a figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from extract.readers.pdf.content import Character

_SMALL = 0.78  # of the size of the character beside; other fonts of a line have boxes of other heights, too
_SMALLEST = 0.38  # of it; beside a large title other text is smaller than that
_RAISED = 0.15  # em of the character beside that a mark is raised by at least, and at most:
_MOST_RAISED = 0.9
_BESIDE = 0.6  # em between them
_DECIMALS = 2
_OF_FIGURES = frozenset("0123456789.,")
_WITH_POINT = re.compile(r"[\d,]*\d\.\d+")
_MARKS = frozenset("0123456789*†‡§[]()（）［］〔〕注,，、①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㈠㈡㈢㈣㈤")


class Unmarked(NamedTuple):
    """Characters without the marks of footnotes."""

    characters: Sequence[Character]
    decimals: tuple[Character, ...] = ()
    """The last signs of whole figures behind which a mark of two digits stood: they may be its decimals."""


def without_notes(characters: Sequence[Character]) -> Unmarked:
    """Leave out the marks of footnotes."""
    if not characters:
        return Unmarked(characters)
    sizes = sorted([c.size for c in characters])
    usual, largest = sizes[len(sizes) // 2], sizes[-1]
    if sizes[0] > _SMALL * usual:  # nearly all pages
        return Unmarked(characters)
    small = [c for c in characters if c.size < _SMALL * usual and c.text in _MARKS]
    if not small:
        return Unmarked(characters)
    by_baseline = sorted(characters, key=lambda c: c.baseline)
    baselines = [c.baseline for c in by_baseline]
    marks: set[int] = set()
    for mark in small:
        lowest = bisect_left(baselines, mark.baseline + _RAISED * mark.size)
        for beside in by_baseline[lowest:]:
            if beside.baseline > mark.baseline + _MOST_RAISED * largest:
                break
            if _is_mark_of(mark, beside):
                marks.add(id(mark))
                break
    marks -= _of_figures(characters, marks, usual)
    if not marks:
        return Unmarked(characters)
    for mark in sorted(small, key=lambda c: c.left):  # the rest of a mark of several signs
        if id(mark) not in marks and any(id(o) in marks and _is_beside(o, mark) for o in small):
            marks.add(id(mark))
    kept = [c for c in characters if id(c) not in marks]
    return Unmarked(kept, tuple(_with_decimals(small, marks, by_baseline)))


def _of_figures(characters: Sequence[Character], marks: set[int], usual: float) -> set[int]:
    """Small characters of whole figures with a point, as are squeezed into a cell: no marks."""
    if not marks:
        return marks
    small = (c for c in characters if c.size < _SMALL * usual and c.text in _OF_FIGURES)
    figures = (run for run in _runs(small) if _WITH_POINT.fullmatch("".join(c.text for c in run)))
    return {id(c) for figure in figures for c in figure} & marks


def _with_decimals(
    small: Sequence[Character], marks: set[int], by_baseline: Sequence[Character]
) -> Iterator[Character]:
    """The figures whose 分 may be a mark, as prices are printed: two raised digits behind a whole number."""
    for group in _runs(c for c in small if id(c) in marks):
        if len(group) == _DECIMALS and all(c.text.isdigit() for c in group):
            figure = _figure_before(group[0], by_baseline)
            if figure and all(c.text != "." for c in figure):
                yield figure[0]


def _runs(characters: Iterable[Character]) -> list[list[Character]]:
    """Characters that stand beside each other on one line, run by run."""
    runs: list[list[Character]] = []
    for character in sorted(characters, key=lambda c: (round(c.baseline), c.left)):
        if runs and _is_beside(runs[-1][-1], character):
            runs[-1].append(character)
        else:
            runs.append([character])
    return runs


def _figure_before(mark: Character, by_baseline: Sequence[Character]) -> list[Character]:
    """The signs of a figure that ends right before a mark, from the last to the first."""
    line = sorted(
        (
            c
            for c in by_baseline
            if _RAISED * c.size < c.baseline - mark.baseline < _MOST_RAISED * c.size
            and c.right <= mark.left + c.size / 2
        ),
        key=lambda c: -c.right,
    )
    figure: list[Character] = []
    right = mark.left
    for character in line:
        if right - character.right > _BESIDE * character.size or character.text not in _OF_FIGURES:
            break
        figure.append(character)
        right = character.left
    return figure


def _is_beside(mark: Character, other: Character) -> bool:
    return (
        abs(mark.baseline - other.baseline) < 0.1 * mark.size
        and abs(mark.size - other.size) < 0.2 * mark.size
        and -mark.size < other.left - mark.right < 0.3 * mark.size
    )


def _is_mark_of(mark: Character, beside: Character) -> bool:
    raised = beside.baseline - mark.baseline
    gap = max(mark.left - beside.right, beside.left - mark.right)
    return (
        _SMALLEST * beside.size < mark.size < _SMALL * beside.size
        and _RAISED * beside.size < raised < _MOST_RAISED * beside.size
        and gap < _BESIDE * beside.size
        # m² and km³ are units
        and not (mark.left >= beside.right - 1 and beside.text.isascii() and beside.text.isalpha())
    )
