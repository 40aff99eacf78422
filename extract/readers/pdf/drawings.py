"""What is drawn on a page beside its text: rules, pictures and fills, and which text they may hide.

All boxes are in the page's own axes (left, bottom, right, top), before it is turned upright.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.readers.pdf import calls
from extract.readers.pdf.content import is_white, rule_of
from extract.readers.pdf.frame import Frame
from extract.readers.ruled import Rule

_MOST_OBJECTS = 200_000
_MOST_NESTED_FORMS = 8  # drawings within drawings; also the end of a drawing that holds itself
_OPAQUE = 0.8  # a fill that lets less through than the rest hides what is under it
_THICK = 3.0  # points; a thinner fill is a rule, and hides nothing
_LONGEST_SLANT = 150.0  # points; longer than any figure that a stroke could strike out

Matrix = tuple[float, float, float, float, float, float]
UNTURNED: Matrix = (1, 0, 0, 1, 0, 0)
Area = tuple[float, float, float, float]
_SIDES = [ctypes.c_float() for _ in range(4)]  # pdfium is not asked by two threads at once
_SIDE_REFERENCES = [ctypes.byref(side) for side in _SIDES]
_CHANNELS = (ctypes.c_uint * 4)()
_CHANNEL_REFERENCES = [ctypes.byref(_CHANNELS, 4 * channel) for channel in range(4)]


class OverfullPageError(ValueError):
    """A page has more on it than any printed page could show."""


# A piece of text as it is drawn: where in the order of drawing, its handle, and the matrix around it. A plain
# tuple: some programs make a piece of every character.
TextObject = tuple[int, ctypes.c_void_p, Matrix]


@dataclass(slots=True)
class Drawn:
    """The drawings of a page in the order in which they are painted."""

    rules: list[Rule] = field(default_factory=list)
    slants: list[Rule] = field(default_factory=list)  # around short slanted strokes
    pictures: list[Area] = field(default_factory=list)
    covers: list[tuple[int, Area]] = field(default_factory=list)  # opaque, with their order
    texts: list[TextObject] = field(default_factory=list)
    count: int = 0


def drawings(page: pdfium.PdfPage, frame: Frame) -> Drawn:
    """Look through all that is drawn on a page; ``frame`` is how rules are turned upright.

    Raises:
        OverfullPageError: when there are more drawings than a page can show.
    """
    count = raw.FPDFPage_CountObjects(page.raw)
    if count > _MOST_OBJECTS:
        raise OverfullPageError(f"{count:,} drawings on one page")
    drawn = Drawn()
    _collect(_objects(calls.get_object, calls.address(page.raw), count), UNTURNED, drawn, frame, 0)
    return drawn


def _objects(get: Any, holder: ctypes.c_void_p, count: int) -> list[ctypes.c_void_p]:
    return [get(holder, index) for index in range(count)]


def _collect(
    objects: Sequence[ctypes.c_void_p], outer: Matrix, drawn: Drawn, frame: Frame, depth: int
) -> None:
    """Add texts, drawings and pictures, also those inside others; ``outer`` is the matrix around them."""
    texts = drawn.texts
    for item, kind in zip(objects, map(calls.get_type, objects), strict=True):
        drawn.count += 1
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            texts.append((drawn.count, item, outer))
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            _add_path(drawn, item, outer, frame)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            matrix = times(_matrix(item), outer)
            area = corners((0.0, 0.0, 1.0, 1.0), matrix)  # a picture is a unit square, placed by its matrix
            drawn.pictures.append(area)
            drawn.covers.append((drawn.count, area))
        elif kind == raw.FPDF_PAGEOBJ_SHADING:  # a fill that goes from one colour to another
            drawn.covers.append((drawn.count, bounds(item, outer)))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MOST_NESTED_FORMS:
            count = raw.FPDFFormObj_CountObjects(ctypes.cast(item, raw.FPDF_PAGEOBJECT))
            inner = _objects(calls.get_form_object, item, count)
            _collect(inner, times(_matrix(item), outer), drawn, frame, depth + 1)


def _matrix(item: ctypes.c_void_p) -> Matrix:
    found = raw.FS_MATRIX()
    calls.get_matrix(item, ctypes.byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """One matrix after the other."""
    if outer == UNTURNED:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def corners(area: Area, matrix: Matrix) -> Area:
    """The upright rectangle around an area that a matrix turns and moves."""
    if matrix == UNTURNED:
        return area
    a, b, c, d, e, f = matrix
    left, bottom, right, top = area
    points = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def bounds(item: ctypes.c_void_p, outer: Matrix) -> Area:
    """The rectangle around a drawing or a piece of text."""
    calls.get_bounds(item, *_SIDE_REFERENCES)
    left, bottom, right, top = _SIDES
    return corners((left.value, bottom.value, right.value, top.value), outer)


def _add_path(drawn: Drawn, path: ctypes.c_void_p, outer: Matrix, frame: Frame) -> None:
    """Add the rules that a path draws, lines that are stroked and fills that are thin, and what it covers."""
    fill, stroke = ctypes.c_int(), raw.FPDF_BOOL()
    calls.get_draw_mode(path, ctypes.byref(fill), ctypes.byref(stroke))
    is_stroked = bool(stroke.value) and _colour(path, calls.get_stroke_colour)[0]
    is_filled, opacity = _colour(path, calls.get_fill_colour) if fill.value else (False, 0.0)
    if is_stroked or is_filled:
        matrix = times(_matrix(path), outer)
        _add_rules(drawn, path, matrix, frame, is_stroked=is_stroked, is_filled=is_filled)
    if opacity >= _OPAQUE and drawn.texts:  # what is filled before any text hides none
        area = bounds(path, outer)
        if min(area[2] - area[0], area[3] - area[1]) > _THICK:
            drawn.covers.append((drawn.count, area))


def _add_rules(
    drawn: Drawn,
    path: ctypes.c_void_p,
    matrix: Matrix,
    frame: Frame,
    *,
    is_stroked: bool,
    is_filled: bool,
) -> None:
    for points in _outlines(path, matrix, frame):
        if is_filled:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            rule = rule_of(min(xs), min(ys), max(xs), max(ys))
            if rule is not None:
                drawn.rules.append(rule)
                continue
        if is_stroked:
            for (x0, y0), (x1, y1) in pairwise(points):
                left, top, right, bottom = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
                rule = rule_of(left, top, right, bottom)
                if rule is not None:
                    drawn.rules.append(rule)
                elif len(points) == 2 and 0 < bottom - top < right - left < _LONGEST_SLANT:
                    drawn.slants.append(Rule(left, top, right, bottom))


def _colour(path: ctypes.c_void_p, get_colour: Any) -> tuple[bool, float]:
    """Whether a colour can be told from white paper, and how much it lets through (0) or not (1)."""
    if not get_colour(path, *_CHANNEL_REFERENCES):
        return False, 1.0  # a pattern
    red, green, blue, opacity = (channel / 255 for channel in _CHANNELS)
    return opacity > 0 and not is_white((red, green, blue)), opacity


def _outlines(path: ctypes.c_void_p, matrix: Matrix, frame: Frame) -> Iterator[list[tuple[float, float]]]:
    """The straight outlines of a path, as points on the upright page. A curve ends one: no rule is curved."""
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    x_ref, y_ref = ctypes.byref(x), ctypes.byref(y)
    points: list[tuple[float, float]] = []
    for index in range(calls.count_segments(path)):
        segment = calls.get_segment(path, index)
        kind = calls.get_segment_type(segment)
        if kind != raw.FPDF_SEGMENT_LINETO and points:
            yield points
            points = []
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            continue
        calls.get_point(segment, x_ref, y_ref)
        across, up = x.value, y.value
        points.append(frame.upright(a * across + c * up + e, b * across + d * up + f))
        if calls.get_close(segment):
            points.append(points[0])
            yield points
            points = []
    if points:
        yield points
