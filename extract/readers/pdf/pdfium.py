"""The content of a page by pdfium: about ten times as fast as interpreting it in Python.

pdfium's raw interface is used, since a page has a thousand characters and each needs several calls.
"""

from __future__ import annotations

import ctypes
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.blocks import Box
from extract.readers.pdf import calls
from extract.readers.pdf.annotations import FieldValue
from extract.readers.pdf.content import PageContent
from extract.readers.pdf.drawings import Area, Drawn, OverfullPageError, drawings
from extract.readers.pdf.frame import Frame
from extract.readers.pdf.legible import in_a_row, legible
from extract.readers.pdf.painted import covered_in_part, sight, unseen, without_overwritten
from extract.readers.pdf.upright import UNKNOWN, Glyph, inside, turned_digits, with_unknown
from extract.readers.pdf.watermarks import large_glyphs, watermarks

_MOST_CHARACTERS = 200_000  # on one page; a dense page of a disclosure has 4,000
_QUARTER = math.pi / 2
_AT_ORIGIN = 0.1  # em
_SKEW = 0.05  # radians by which a character may lean and still stand upright
_SURROGATES = 0xD800, 0xDFFF  # halves of characters, which a damaged font names alone
_NO_CHARACTER = "\ufffd"
_MAY_SHOW = frozenset({0, 0x20, 0xA0})
_INKED = 0.2  # points; a minus sign is hardly higher
_BLANK = frozenset({0, 0xFFFE, 0xFFFF, 0xAD, 0x200B, 0xFEFF})  # codes that print nothing, beside white space


def page_content(
    page: pdfium.PdfPage, *, may_have_layers: bool = True, values: Sequence[FieldValue] = ()
) -> PageContent:
    """Give what is seen on a page, turned upright by the direction of its text; one without any as it says.

    White fills are no rules. What lies outside the visible part of the page is left out, and so is text that
    nobody sees; ``may_have_layers`` says that the document may have layers which are not shown. Watermarks
    are no text of the page. ``values`` are those of form fields that are not drawn.

    Raises:
        OverfullPageError: when there are more characters or drawings than a page can show.
    """
    text_page = page.get_textpage()
    try:
        glyphs = list(_glyphs(text_page.raw))
        frame = _frame(page, glyphs)
        drawn = drawings(page, frame)
        seen = _seen(page, text_page.raw, glyphs, drawn, may_have_layers=may_have_layers)
        glyphs, layer = seen.visible, seen.layer
        is_unpainted = bool(layer) and not glyphs and not drawn.pictures
        if is_unpainted:  # what was written later in a place is what was meant
            owners = _owners(text_page.raw, layer)
            glyphs, layer = without_overwritten(layer, owners), []
    finally:
        text_page.close()
    glyphs = [*glyphs, *(glyph for value in values for glyph in _spelt(value, frame.quarter))]
    width, height = frame.size
    pictures = [_upright(area, frame) for area in drawn.pictures]
    pictured = sum((box.right - box.left) * (box.bottom - box.top) for box in pictures)
    return PageContent(
        width=width,
        height=height,
        characters=with_unknown(inside(glyphs, frame)),
        rules=tuple(drawn.rules),
        pictured=min(1.0, pictured / (width * height)) if width * height else 0.0,
        turned=frame.quarter,
        pictures=tuple(pictures),
        layer=inside(layer, frame),
        is_unpainted=is_unpainted,
        drawings=drawn.count - len(drawn.texts),
        slants=tuple(drawn.slants),
        turned_digits=turned_digits(glyphs, frame),
        half_covered=inside(seen.half_covered, frame),
    )


def _spelt(value: FieldValue, quarter: int) -> Iterator[Glyph]:
    """The value of a form field as characters in its rectangle."""
    left, bottom, right, top = value.area
    size = min(top - bottom, (right - left) / max(1, len(value.text)))
    y = (bottom + top) / 2 - 0.35 * size
    for index, text in enumerate(value.text):
        x = left + index * size
        yield text, x, y, x, y - 0.2 * size, x + size, y + 0.8 * size, -1, quarter


class _Seen(NamedTuple):
    """Text that is seen, text that is never painted, and the figures that are seen in part."""

    visible: list[Glyph]
    layer: list[Glyph]
    half_covered: list[Glyph]


def _seen(
    page: pdfium.PdfPage,
    text_page: raw.FPDF_TEXTPAGE,
    glyphs: list[Glyph],
    drawn: Drawn,
    *,
    may_have_layers: bool,
) -> _Seen:
    """Part the text that is seen from that which is never painted; what else is hidden is in neither."""
    glyphs = in_a_row(legible(glyphs))
    if not glyphs:
        return _Seen([], [], [])
    seen_as = sight(drawn, partial(_around, glyphs), may_have_layers=may_have_layers)
    large = large_glyphs(glyphs)
    if not (seen_as.unpainted or seen_as.asked or seen_as.faint or large):
        return _Seen(glyphs, [], [])
    owners = _owners(text_page, glyphs)
    layer = [glyph for glyph in glyphs if owners[glyph[7]] in seen_as.unpainted]
    hidden = {glyph[7] for glyph in layer}
    hidden |= unseen(page, text_page, seen_as.asked, list(owners.items()))
    # a seal over a digit leaves the rest of its figure to be seen
    covered = {glyph[7] for glyph in glyphs if glyph[7] in hidden and owners[glyph[7]] in seen_as.covered}
    half_covered = covered_in_part(glyphs, owners, covered) if covered else []
    hidden -= {glyph[7] for glyph in half_covered}
    visible = [glyph for glyph in glyphs if glyph[7] not in hidden]
    marks = watermarks(visible, owners, seen_as.faint | {owners[index] for index in large})
    return _Seen([glyph for glyph in visible if owners[glyph[7]] not in marks], layer, half_covered)


def _owners(text_page: raw.FPDF_TEXTPAGE, glyphs: list[Glyph]) -> dict[int, int]:
    """The address of the piece of text that each character belongs to, by the character's index."""
    address = calls.address(text_page)
    return {glyph[7]: calls.get_text_object(address, glyph[7]) or 0 for glyph in glyphs}


def _around(glyphs: list[Glyph]) -> Area:
    """The rectangle around all characters."""
    return (
        min(glyph[3] for glyph in glyphs),
        min(glyph[4] for glyph in glyphs),
        max(glyph[5] for glyph in glyphs),
        max(glyph[6] for glyph in glyphs),
    )


def frame_of(page: pdfium.PdfPage) -> Frame:
    """How a page is turned upright to be read: by its text, or as the file says where it has none."""
    text_page = page.get_textpage()
    try:
        return _frame(page, list(_glyphs(text_page.raw)))
    finally:
        text_page.close()


def _frame(page: pdfium.PdfPage, glyphs: Iterable[Glyph]) -> Frame:
    quarters = Counter([glyph[-1] for glyph in glyphs if glyph[-1] is not None])
    quarter = quarters.most_common(1)[0][0] if quarters else page.get_rotation() // 90 % 4
    left, bottom, right, top = page.get_cropbox()
    return Frame(left, bottom, right, top, quarter)


def _upright(area: Area, frame: Frame) -> Box:
    (xa, ya), (xb, yb) = frame.upright(area[0], area[1]), frame.upright(area[2], area[3])
    return Box(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _is_inked(text_page: raw.FPDF_TEXTPAGE, index: int) -> bool:
    """Whether something is drawn for a character of which its font says that it is nothing, or a space."""
    if raw.FPDFText_IsGenerated(text_page, index) == 1:
        return False
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    sides = (ctypes.byref(side) for side in (left, right, bottom, top))
    if not raw.FPDFText_GetCharBox(text_page, index, *sides):
        return False
    return right.value - left.value > _INKED and top.value - bottom.value > _INKED


def _glyphs(text_page: raw.FPDF_TEXTPAGE) -> Iterator[Glyph]:
    count = raw.FPDFText_CountChars(text_page)
    if count > _MOST_CHARACTERS:
        raise OverfullPageError(f"{count:,} characters on one page")
    address, get_angle = calls.address(text_page), raw.FPDFText_GetCharAngle
    get_unicode, get_origin, get_box = calls.get_unicode, calls.get_origin, calls.get_box
    x, y, rectangle = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    x_ref, y_ref, rectangle_ref = ctypes.byref(x), ctypes.byref(y), ctypes.byref(rectangle)
    for index in range(count):
        code = get_unicode(address, index)
        text = (
            chr(code) if code < _SURROGATES[0] or _SURROGATES[1] < code <= sys.maxunicode else _NO_CHARACTER
        )
        if code in _BLANK or text.isspace():
            if code not in _MAY_SHOW or not _is_inked(text_page, index):
                continue
            text = UNKNOWN
        get_origin(address, index, x_ref, y_ref)
        get_box(address, index, rectangle_ref)
        across, up, left, bottom = x.value, y.value, rectangle.left, rectangle.bottom
        right, top = rectangle.right, rectangle.top
        quarter: int | None = 0
        # an upright character begins at its origin; of another the direction is asked, which costs a call
        if not (abs(across - left) < _AT_ORIGIN * (top - bottom) and bottom <= up <= top):
            turns = get_angle(text_page, index) / _QUARTER  # clockwise
            quarter = -round(turns) % 4 if abs(turns - round(turns)) < _SKEW else None
        yield text, across, up, left, bottom, right, top, index, quarter
