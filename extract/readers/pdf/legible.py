"""Signs that are no text of a page although they are painted: too small to be seen, or set around a seal."""

from __future__ import annotations

import math
from itertools import groupby
from statistics import median_low
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.readers.pdf.upright import Glyph

_TINY = 1.5  # points high; a full stop of a footnote is as large
_TINY_BESIDE = 0.25  # of the height of most of the page, so that a page of small units is not empty
_FEWEST_LEANING = 4  # signs that follow each other around a curve; a page's own text leans nowhere
_MOST_BETWEEN = 4  # of them that happen to stand upright, or nearly
_NEAR = 3.0  # heights between signs that follow each other around a curve


def legible(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out what is too small for anybody to see."""
    if all(glyph[6] - glyph[4] >= _TINY for glyph in glyphs):  # nearly all pages
        return glyphs
    heights = [max(glyph[6] - glyph[4], glyph[5] - glyph[3]) for glyph in glyphs]
    if min(heights) >= _TINY:
        return glyphs
    smallest = min(_TINY, _TINY_BESIDE * median_low(heights))
    return [glyph for glyph, height in zip(glyphs, heights, strict=True) if height >= smallest]


def in_a_row(glyphs: list[Glyph]) -> list[Glyph]:
    """Leave out the signs of a text around a curve that happen to stand upright, as the top of a seal does.

    Signs are in the order in which they are drawn; a direction of None leans.
    """
    if sum(glyph[8] is None for glyph in glyphs) < _FEWEST_LEANING:  # nearly all pages
        return glyphs
    runs = [(leans, list(run)) for leans, run in groupby(glyphs, key=lambda glyph: glyph[8] is None)]
    gone: set[int] = set()
    for (_, before), (leans, run), (_, after) in zip(runs, runs[1:], runs[2:], strict=False):
        if leans or len(run) > _MOST_BETWEEN or len(before) + len(after) < _FEWEST_LEANING:
            continue
        if _is_near(before[-1], run) and _is_near(after[0], run):
            gone.update(glyph[7] for glyph in run)
    return [glyph for glyph in glyphs if glyph[7] not in gone]


def _is_near(sign: Glyph, run: list[Glyph]) -> bool:
    return any(
        math.hypot(sign[1] - glyph[1], sign[2] - glyph[2]) < _NEAR * (glyph[6] - glyph[4]) for glyph in run
    )
