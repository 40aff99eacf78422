"""Which signs of a page of OFD are seen: not those in the colour of what is under them, or under a fill."""

from __future__ import annotations

from extract.readers.ofd.drawn import Drawn
from extract.readers.pdf.drawings import OverfullPageError
from extract.readers.pdf.upright import Glyph
from extract.readers.pdf.watermarks import large_glyphs, watermarks

_MOST_COMPARED = 20_000_000  # signs times fills


def seen_glyphs(drawn: Drawn) -> list[Glyph]:
    """Give the signs that a person sees, without watermarks.

    Raises:
        OverfullPageError: when more is painted than a page can show.
    """
    if len(drawn.fills) * len(drawn.glyphs) > _MOST_COMPARED:
        raise OverfullPageError(f"{len(drawn.fills):,} fills among {len(drawn.glyphs):,} signs")
    visible = [glyph for glyph in drawn.glyphs if _is_seen(glyph, drawn)]
    faint = frozenset(piece for piece, colour in drawn.colours.items() if colour.is_faint)
    large = large_glyphs(visible)
    if not (faint or large):
        return visible
    marks = watermarks(visible, drawn.owners, faint | {drawn.owners[index] for index in large})
    return [glyph for glyph in visible if drawn.owners[glyph[7]] not in marks]


def _is_seen(glyph: Glyph, drawn: Drawn) -> bool:
    piece = drawn.owners[glyph[7]]
    x, y = (glyph[3] + glyph[5]) / 2, (glyph[4] + glyph[6]) / 2
    is_on_dark = False
    for order, (left, bottom, right, top), colour in drawn.fills:
        if left < x < right and bottom < y < top:
            if order > piece:
                return False
            is_on_dark = not colour.is_pale
    colour = drawn.colours[piece]
    return colour.opacity > 0 and (is_on_dark or not colour.is_pale)
