"""Signs as they are placed in a page's own axes, and as they lie on the upright page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extract.readers.pdf.content import Character
from extract.readers.pdf.frame import Frame

# A character in the page's own axes: text, origin (x, y), box (left, bottom, right, top), its index, and its
# direction in quarters anticlockwise (None when it leans). A plain tuple: there are a thousand on a page.
Glyph = tuple[str, float, float, float, float, float, float, int, int | None]


UNKNOWN = "\ufdd0"  # drawn, and its font does not say as what; no text holds this sign
_SHOWN_AS = "\ufffd"
_BESIDE = 0.6  # em
_OF_FIGURES = frozenset("0123456789.,()")


def with_unknown(characters: tuple[Character, ...]) -> tuple[Character, ...]:
    """Keep signs that are not known where they stand in or before a figure: one may be its minus."""
    unknown = [each for each in characters if each.text == UNKNOWN]
    if not unknown:  # nearly all pages
        return characters
    figures = [each for each in characters if each.text in _OF_FIGURES]
    kept = {id(sign) for sign in unknown if any(_is_beside(sign, figure) for figure in figures)}
    return tuple(
        each._replace(text=_SHOWN_AS) if id(each) in kept else each
        for each in characters
        if each.text != UNKNOWN or id(each) in kept
    )


def _is_beside(sign: Character, figure: Character) -> bool:
    gap = max(figure.left - sign.right, sign.left - figure.right)
    return abs(sign.baseline - figure.baseline) < 1 and gap < _BESIDE * figure.size


def turned_digits(glyphs: list[Glyph], frame: Frame) -> tuple[tuple[float, float], ...]:
    """The middles of digits that stand on their side on the upright page."""
    return tuple(
        frame.upright((left + right) / 2, (bottom + top) / 2)
        for text, _, _, left, bottom, right, top, _, quarter in glyphs
        if quarter is not None and quarter != frame.quarter and "0" <= text <= "9"
    )


def inside(glyphs: list[Glyph], frame: Frame) -> tuple[Character, ...]:
    """The characters that stand upright on the visible page."""
    if not glyphs:
        return ()
    width, height = frame.size
    return tuple(
        [
            character
            for character in _characters(glyphs, frame)
            if 0 <= character.left < width and 0 <= character.baseline <= height
        ]
    )


def _characters(glyphs: list[Glyph], frame: Frame) -> Iterable[Character]:
    """Glyphs of the frame's direction as they lie on the upright page."""
    if frame.quarter == 0:  # nearly all pages, and worth a way without calls
        x0, y0, made = frame.left, frame.top, tuple.__new__
        return [
            made(Character, (text, left - x0, right - x0, y0 - y, y0 - top, y0 - bottom, top - bottom))
            for text, _, y, left, bottom, right, top, _, quarter in glyphs
            if quarter == 0
        ]
    return _turned(glyphs, frame)


def _turned(glyphs: list[Glyph], frame: Frame) -> Iterator[Character]:
    for text, x, y, left, bottom, right, top, _, quarter in glyphs:
        if quarter == frame.quarter:
            _, baseline = frame.upright(x, y)
            (xa, ya), (xb, yb) = frame.upright(left, bottom), frame.upright(right, top)
            highest, lowest = min(ya, yb), max(ya, yb)
            yield Character(text, min(xa, xb), max(xa, xb), baseline, highest, lowest, lowest - highest)
