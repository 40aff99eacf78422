"""The content of a page by pdfium: about ten times as fast as interpreting it in Python.

pdfium's raw interface is used, since a page has a thousand characters and each needs several calls.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.readers.pdf.content import Character, PageContent, is_white, rule_of
from extract.readers.ruled import Rule

_MOST_CHARACTERS = 200_000  # on one page; a dense page of a disclosure has 4,000
_MOST_OBJECTS = 200_000
_MOST_NESTED_FORMS = 8  # drawings within drawings; also the end of a drawing that holds itself
_QUARTER = math.pi / 2
_AT_ORIGIN = 0.1  # em
_SKEW = 0.05  # radians by which a character may lean and still stand upright
_BLANK = frozenset({0, 0xFFFE, 0xFFFF, 0xAD, 0x200B, 0xFEFF})  # codes that print nothing, beside white space

_Matrix = tuple[float, float, float, float, float, float]
_UNTURNED: _Matrix = (1, 0, 0, 1, 0, 0)


class OverfullPageError(ValueError):
    """A page has more on it than any printed page could show."""


# A character in the page's own axes: text, origin (x, y), box (left, bottom, right, top), and its direction
# in quarters anticlockwise (None when it leans). A plain tuple: there are a thousand on a page.
_Glyph = tuple[str, float, float, float, float, float, float, int | None]


class _Frame(NamedTuple):
    """The visible part of a page, and how far its text is turned, in quarters anticlockwise."""

    left: float
    bottom: float
    right: float
    top: float
    quarter: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the upright page."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarter % 2 else (width, height)

    def upright(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own axes as it lies on the upright page, from the top left corner."""
        if self.quarter == 1:
            return y - self.bottom, x - self.left
        if self.quarter == 2:
            return self.right - x, y - self.bottom
        if self.quarter == 3:
            return self.top - y, self.right - x
        return x - self.left, self.top - y


def page_content(page: pdfium.PdfPage) -> PageContent:
    """Give what is drawn on a page, turned upright by the direction of its text; one without any as it says.

    White fills are no rules, and what lies outside the visible part of the page is left out.

    Raises:
        OverfullPageError: when there are more characters or drawings than a page can show.
    """
    left, bottom, right, top = page.get_cropbox()
    text_page = page.get_textpage()
    try:
        glyphs = list(_glyphs(text_page.raw))
    finally:
        text_page.close()
    quarters = Counter(glyph[-1] for glyph in glyphs if glyph[-1] is not None)
    quarter = quarters.most_common(1)[0][0] if quarters else page.get_rotation() // 90 % 4
    frame = _Frame(left, bottom, right, top, quarter)
    width, height = frame.size
    rules, pictured = _drawings(page, frame)
    return PageContent(
        width=width,
        height=height,
        characters=tuple(
            character
            for character in _characters([glyph for glyph in glyphs if glyph[-1] == quarter], frame)
            if 0 <= character.left < width and 0 <= character.baseline <= height
        ),
        rules=rules,
        pictured=pictured,
        turned=quarter,
    )


def _glyphs(text_page: raw.FPDF_TEXTPAGE) -> Iterator[_Glyph]:
    count = raw.FPDFText_CountChars(text_page)
    if count > _MOST_CHARACTERS:
        raise OverfullPageError(f"{count:,} characters on one page")
    get_unicode, get_origin = raw.FPDFText_GetUnicode, raw.FPDFText_GetCharOrigin
    get_box, get_angle = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharAngle
    x, y, rectangle = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    x_ref, y_ref, rectangle_ref = ctypes.byref(x), ctypes.byref(y), ctypes.byref(rectangle)
    for index in range(count):
        code = get_unicode(text_page, index)
        text = chr(code)
        if code in _BLANK or text.isspace():
            continue
        get_origin(text_page, index, x_ref, y_ref)
        get_box(text_page, index, rectangle_ref)
        across, up, left, bottom = x.value, y.value, rectangle.left, rectangle.bottom
        right, top = rectangle.right, rectangle.top
        quarter: int | None = 0
        # an upright character begins at its origin; of another the direction is asked, which costs a call
        if not (abs(across - left) < _AT_ORIGIN * (top - bottom) and bottom <= up <= top):
            turns = get_angle(text_page, index) / _QUARTER  # clockwise
            quarter = -round(turns) % 4 if abs(turns - round(turns)) < _SKEW else None
        yield text, across, up, left, bottom, right, top, quarter


def _characters(glyphs: list[_Glyph], frame: _Frame) -> Iterator[Character]:
    """Glyphs of the frame's direction as they lie on the upright page."""
    if frame.quarter == 0:  # nearly all pages, and worth a way without calls
        x0, y0 = frame.left, frame.top
        for text, _, y, left, bottom, right, top, _ in glyphs:
            yield Character(text, left - x0, right - x0, y0 - y, y0 - top, y0 - bottom, top - bottom)
        return
    for text, x, y, left, bottom, right, top, _ in glyphs:
        _, baseline = frame.upright(x, y)
        (xa, ya), (xb, yb) = frame.upright(left, bottom), frame.upright(right, top)
        highest, lowest = min(ya, yb), max(ya, yb)
        yield Character(text, min(xa, xb), max(xa, xb), baseline, highest, lowest, lowest - highest)


def _drawings(page: pdfium.PdfPage, frame: _Frame) -> tuple[tuple[Rule, ...], float]:
    """The rules of a page, and the share of it that pictures cover."""
    count = raw.FPDFPage_CountObjects(page.raw)
    if count > _MOST_OBJECTS:
        raise OverfullPageError(f"{count:,} drawings on one page")
    rules: list[Rule] = []
    width, height = frame.size
    pictured = 0.0
    objects = (raw.FPDFPage_GetObject(page.raw, index) for index in range(count))
    for item, kind, matrix in _flat(objects, _UNTURNED, _MOST_NESTED_FORMS):
        if kind == raw.FPDF_PAGEOBJ_PATH:
            rules += _rules_of(item, matrix, frame)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictured += _area(item, matrix)
    return tuple(rules), min(1.0, pictured / (width * height)) if width * height else 0.0


def _flat(
    objects: Iterator[raw.FPDF_PAGEOBJECT], outer: _Matrix, depth: int
) -> Iterator[tuple[raw.FPDF_PAGEOBJECT, int, _Matrix]]:
    """Drawings and pictures, also those inside others, each with the matrix that places it on the page."""
    for item in objects:
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth:
                held = range(raw.FPDFFormObj_CountObjects(item))
                inner = (raw.FPDFFormObj_GetObject(item, index) for index in held)
                yield from _flat(inner, _times(_matrix(item), outer), depth - 1)
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield item, kind, _times(_matrix(item), outer)


def _matrix(item: raw.FPDF_PAGEOBJECT) -> _Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    if outer == _UNTURNED:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _area(picture: raw.FPDF_PAGEOBJECT, matrix: _Matrix) -> float:
    # a picture is a unit square, placed by its matrix
    return abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])


def _rules_of(path: raw.FPDF_PAGEOBJECT, matrix: _Matrix, frame: _Frame) -> Iterator[Rule]:
    """The rules that a path draws: lines that are stroked, and fills that are thin."""
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    is_stroked = bool(stroke.value) and _is_seen(path, raw.FPDFPageObj_GetStrokeColor)
    is_filled = bool(fill.value) and _is_seen(path, raw.FPDFPageObj_GetFillColor)
    if not is_stroked and not is_filled:
        return
    for points in _outlines(path, matrix, frame):
        if is_filled:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            rule = rule_of(min(xs), min(ys), max(xs), max(ys))
            if rule is not None:
                yield rule
                continue
        if is_stroked:
            for (x0, y0), (x1, y1) in pairwise(points):
                rule = rule_of(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                if rule is not None:
                    yield rule


def _is_seen(path: raw.FPDF_PAGEOBJECT, get_colour: object) -> bool:
    channels = [ctypes.c_uint() for _ in range(4)]
    get_colour(path, *channels)  # type: ignore[operator]
    red, green, blue, opacity = (channel.value for channel in channels)
    return opacity > 0 and not is_white((red / 255, green / 255, blue / 255))


def _outlines(
    path: raw.FPDF_PAGEOBJECT, matrix: _Matrix, frame: _Frame
) -> Iterator[list[tuple[float, float]]]:
    """The straight outlines of a path, as points on the upright page. A curve ends one: no rule is curved."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind != raw.FPDF_SEGMENT_LINETO and points:
            yield points
            points = []
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            continue
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(frame.upright(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
            yield points
            points = []
    if points:
        yield points
