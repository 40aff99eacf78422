"""Rows of a table without rules between all of them: lines that belong together are wrapped text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.readers.aligned.words import Level, WordLine

ONE_LINE = 0.75  # em between baselines of one row whose cells are centred upon each other
_WRAPPED = 1.55  # em between the lines of a wrapped text at most
_ROOMY = 1.65  # em between rows at least, if lines nearer to each other are to be wrapped text


def rows_of(lines: Sequence[WordLine], levels: Sequence[Level], em: float) -> list[list[WordLine]]:
    """Group lines to rows. Lines with figures are rows of their own; ``levels`` are rules between rows."""
    with_figures = [line[0].baseline for line in lines if has_figures(line)]
    steps = sorted(b - a for a, b in pairwise(with_figures) if b - a > ONE_LINE * em)
    is_roomy = bool(steps) and median(steps) >= _ROOMY * em
    rows: list[list[WordLine]] = []
    for line in lines:
        if rows and _goes_on(rows[-1], line, levels, em, is_roomy=is_roomy):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def has_figures(line: WordLine) -> bool:
    """Whether a line has a figure beside other words."""
    return len(line) > 1 and any(word.is_figure for word in line[1:])


def _goes_on(
    row: Sequence[WordLine], line: WordLine, levels: Sequence[Level], em: float, *, is_roomy: bool
) -> bool:
    above, below = row[-1][0].baseline, line[0].baseline
    if any(level.parts(above, word) for level in levels for word in line):
        return False
    if below - above <= ONE_LINE * em:
        return True
    both = has_figures(line) and any(has_figures(each) for each in row)
    return is_roomy and below - above <= _WRAPPED * em and not both
