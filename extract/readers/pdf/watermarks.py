"""Watermarks: large or faint text that lies across the text of a page, and its like elsewhere on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median_low
from typing import TYPE_CHECKING

from extract.numerals import is_numeric_cell
from extract.readers.pdf.content import type_size

if TYPE_CHECKING:
    from extract.readers.pdf.upright import Glyph

_Run = tuple[int | None, int, int, int | None]

_LARGE = 1.8  # times the height of most characters on the page
_MIDDLE = 0.3  # em above the baseline, inside every character
_FEWEST = 3  # characters of a piece of text that is looked at by itself; some programs draw each by itself
_REPEATED = 4  # times the same words stand on the page: then it is enough that one character lies on another
_STREWN = 6  # times, in rows and columns: then none needs to. Of words so long, since a cell may say 不涉及
_FEWEST_OF_STREWN = 4  # characters
_ROWS, _COLUMNS = 3, 2
_TOUCHED = 0.15  # of a mark's characters lie on others at least: a title touches none


def large_glyphs(glyphs: Sequence[Glyph]) -> list[int]:
    """The characters, by index, that are much larger than most: a title's, or a watermark's.

    Both higher and wider: the boxes of some fonts are twice as high as their characters.
    """
    if not glyphs:
        return []
    highest = _LARGE * median_low([glyph[6] - glyph[4] for glyph in glyphs])
    high = [glyph for glyph in glyphs if glyph[6] - glyph[4] > highest]
    if not high:
        return []
    widest = _LARGE * median_low([_em(glyph) for glyph in glyphs])
    return [glyph[7] for glyph in high if _em(glyph) > widest]


def _em(glyph: Glyph) -> float:
    return type_size(glyph[0], glyph[5] - glyph[3])


def watermarks(glyphs: Sequence[Glyph], owners: Mapping[int, int], candidates: frozenset[int]) -> set[int]:
    """Which of the pieces of text that may be watermarks are: their characters lie on those of other text.

    ``owners`` gives the piece of text that each character belongs to, by index. A piece with the same words
    as a watermark is one, too: pages are strewn with them, and some lie on blank cells.
    """
    runs: dict[_Run, list[Glyph]] = {}
    lengths = Counter(owners[glyph[7]] for glyph in glyphs if owners[glyph[7]] in candidates)
    for glyph in glyphs:
        owner = owners[glyph[7]]
        if owner in candidates:
            alone = owner if lengths[owner] >= _FEWEST else None
            runs.setdefault((*_line(glyph), alone), []).append(glyph)
    if not runs:
        return set()
    points = [
        ((glyph[3] + glyph[5]) / 2, glyph[2] + _MIDDLE * (glyph[6] - glyph[4]))
        for glyph in glyphs
        if owners[glyph[7]] not in candidates
    ]
    printed = {run: _words(characters) for run, characters in runs.items()}
    alike: dict[str, list[list[Glyph]]] = {}
    for run, characters in runs.items():
        alike.setdefault(printed[run], []).append(characters)
    marks = {
        words
        for words, pieces in alike.items()
        if _is_strewn(words, pieces)
        or any(_lies_on(piece, points, 0 if len(pieces) >= _REPEATED else _TOUCHED) for piece in pieces)
    }
    found = [run for run, words in printed.items() if words in marks]
    return {owners[glyph[7]] for run in found for glyph in runs[run]}


def _line(glyph: Glyph) -> tuple[int | None, int, int]:
    """What the characters of one line of text have in common, which may be drawn in several pieces."""
    _, x, y, _, bottom, _, top, _, quarter = glyph
    return quarter, round(y if quarter in (0, 2) else x), round((top - bottom) / 4)


def _is_strewn(words: str, pieces: Sequence[Sequence[Glyph]]) -> bool:
    """Whether the same words stand all over the page, as stamped onto it again and again."""
    return (
        len(words) >= _FEWEST_OF_STREWN
        and not is_numeric_cell(words)  # the same figure stands in many cells
        and len(pieces) >= _STREWN
        and len({round(piece[0][2]) for piece in pieces}) >= _ROWS
        and len({round(piece[0][1]) for piece in pieces}) >= _COLUMNS
    )


def _lies_on(characters: Sequence[Glyph], points: Sequence[tuple[float, float]], share: float) -> bool:
    """Whether enough characters of a piece, or any, have other text within their boxes."""
    left, right = min(glyph[3] for glyph in characters), max(glyph[5] for glyph in characters)
    bottom, top = min(glyph[4] for glyph in characters), max(glyph[6] for glyph in characters)
    near = [(x, y) for x, y in points if left < x < right and bottom < y < top]
    touched = sum(
        any(glyph[3] < x < glyph[5] and glyph[4] < y < glyph[6] for x, y in near) for glyph in characters
    )
    return touched > 0 and touched >= share * len(characters)


def _words(characters: Sequence[Glyph]) -> str:
    return "".join(glyph[0] for glyph in characters)
