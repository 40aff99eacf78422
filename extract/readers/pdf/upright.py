"""Signs as they are placed in a page's own axes, and as they lie on the upright page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extract.readers.pdf.content import Character
from extract.readers.pdf.frame import Frame

# A character in the page's own axes: text, origin (x, y), box (left, bottom, right, top), its index, and its
# direction in quarters anticlockwise (None when it leans). A plain tuple: there are a thousand on a page.
Glyph = tuple[str, float, float, float, float, float, float, int, int | None]


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
