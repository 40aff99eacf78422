"""Which text of a page nobody sees: not painted, clipped away, white on white, covered, or in a hidden layer.

What might be hidden is told by how it is drawn, which costs little; whether it is, by drawing the page twice,
with and without it. Text that makes no difference is not seen.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2 as pdfium
from PIL import Image, ImageChops
from pypdfium2 import raw

from extract.readers.pdf import calls
from extract.readers.pdf.drawings import UNTURNED, Area, Drawn, TextObject, bounds

if TYPE_CHECKING:
    from extract.readers.pdf.upright import Glyph

_NOT_PAINTED = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})
_OUTLINED = frozenset({raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP})
_PALE = 3 * 216  # of 765, the sum of red, green and blue; figures paler than this can hardly be seen on paper
_FAINT = 3 * 150  # watermarks are paler than this
_SHEER = 128  # of 255: text that lets more than half through
_SCALE = 2.0  # dots a point at which the page is drawn to compare: a full stop has several
_MOST_DOTS = 6_000_000
_LEAST_DIFFERENCE = 20  # grey values of 255 by which something is seen
_REACH = 1.0  # points by which text may reach out of its clip
_BAND = 24.0  # points; covers are looked up by where they lie
_MOST_CORNERS = 5  # of a rectangle whose last corner is its first
_OF_FIGURES = frozenset("0123456789,.")
_SAME_LINE, _BESIDE = 0.2, 0.2  # of the height of a character, of the characters of one figure
_NOWHERE = (math.inf, math.inf, -math.inf, -math.inf)

_Clip = Sequence[Sequence[Area]]
"""The paths of a clip, which all must let something through; of each its rectangles, of which one must."""


class Sight(NamedTuple):
    """Text by how it is drawn, each piece by its address. ``asked`` is what may be hidden, kind by kind."""

    unpainted: frozenset[int]
    asked: tuple[frozenset[int], ...]
    faint: frozenset[int]
    covered: frozenset[int] = frozenset()  # of those asked: something is painted over them


def sight(drawn: Drawn, around: Callable[[], Area], *, may_have_layers: bool) -> Sight:
    """Sort pieces of text: never painted, perhaps hidden, and faint. They lie in what ``around`` gives.

    Some programs make a piece of every character, so that all pieces are asked one thing after the other.
    """
    items = [text[1] for text in drawn.texts]
    modes = list(map(calls.get_render_mode, items))
    unpainted: set[int] = set()
    if not _NOT_PAINTED.isdisjoint(modes):
        unpainted = {_address(item) for item, mode in zip(items, modes, strict=True) if mode in _NOT_PAINTED}
    pale, faint = _without_ink(items, modes)
    cut = {_address(text[1]) for text in _cut(drawn.texts, items, around)}
    if may_have_layers:
        cut |= {_address(text[1]) for text in drawn.texts if _is_in_a_layer(text)}
    covered = _covered(drawn)
    hidden = (cut | covered) - unpainted
    # White figures upon a dark fill stand over the covered ones: asked together, either would show for both.
    asked = tuple(frozenset(kind) for kind in (hidden, pale - hidden - unpainted) if kind)
    return Sight(frozenset(unpainted), asked, frozenset(faint - unpainted), frozenset(covered - cut))


def _address(item: ctypes.c_void_p) -> int:
    return item.value or 0


def _without_ink(items: Sequence[ctypes.c_void_p], modes: Sequence[int]) -> tuple[set[int], set[int]]:
    """Text so pale that it can hardly be seen, or in a pattern, whose colour is not told; and faint text."""
    colour = (ctypes.c_uint * 4)()
    references = [ctypes.byref(colour, 4 * channel) for channel in range(4)]
    fill_of, stroke_of = calls.get_fill_colour, calls.get_stroke_colour
    known: dict[bytes, tuple[bool, bool]] = {}
    pale: set[int] = set()
    faint: set[int] = set()
    for item, mode in zip(items, modes, strict=True):
        if not (stroke_of if mode in _OUTLINED else fill_of)(item, *references):
            pale.add(_address(item))
            continue
        channels = bytes(colour)
        if channels not in known:
            light, is_sheer = sum(colour[:3]), colour[3] < _SHEER
            known[channels] = light > _PALE or is_sheer, light > _FAINT or is_sheer
        is_pale, is_faint = known[channels]
        if is_faint:
            faint.add(_address(item))
            if is_pale:
                pale.add(_address(item))
    return pale, faint


def _cut(
    texts: Sequence[TextObject], items: Sequence[ctypes.c_void_p], around: Callable[[], Area]
) -> Iterator[TextObject]:
    """Text that a clip may cut off. What is drawn in one go shares its clip, which is looked at once.

    ``around`` gives the rectangle around all text of the page: a clip that holds it cuts off nothing.
    """
    clips = list(map(calls.get_clip, items))
    counts = list(map(calls.count_clips, clips))
    if not any(count > 0 for count in counts):
        return
    # a clip is made by adding a path to those around it: the last tells it
    last = map(calls.get_clip_address, clips, [count - 1 for count in counts], repeat(0))
    keys = list(zip(counts, last, strict=True))
    of_key = dict(zip(keys, clips, strict=True))
    known = {key: _paths_of(clip, key[0]) for key, clip in of_key.items() if key[0] > 0}
    area = around()
    narrow = {key for key, paths in known.items() if not _hold(paths, area)}
    if not narrow and all(text[2] is UNTURNED for text in texts):  # nearly all pages
        return
    by_key: dict[tuple[int, int | None], list[tuple[TextObject, Area]]] = {}
    for text, key in zip(texts, keys, strict=True):
        if known.get(key) and (key in narrow or text[2] is not UNTURNED):
            by_key.setdefault(key, []).append((text, bounds(text[1], UNTURNED)))
    for key, pieces in by_key.items():
        paths = known[key]
        if not _hold(paths, _enclosing([box for _, box in pieces])):
            yield from (text for text, box in pieces if not _hold(paths, box))


def _enclosing(areas: Sequence[Area]) -> Area:
    lefts, bottoms, rights, tops = zip(*areas, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _paths_of(clip: ctypes.c_void_p, count: int) -> _Clip:
    return [path for number in range(count) if (path := _clip_path(clip, number))]


def _hold(paths: _Clip, area: Area) -> bool:
    """Whether an area lies in one part of each of the paths that clip it; only rectangles hold anything."""
    return all(any(_holds(part, area) for part in path) for path in paths)


def _holds(area: Area, other: Area) -> bool:
    return (
        other[0] >= area[0] - _REACH
        and other[1] >= area[1] - _REACH
        and other[2] <= area[2] + _REACH
        and other[3] <= area[3] + _REACH
    )


def _clip_path(clip: ctypes.c_void_p, number: int) -> list[Area]:
    """The parts of a clip's path: upright rectangles, and for any other shape an area that holds nothing."""
    x, y = ctypes.c_float(), ctypes.c_float()
    x_ref, y_ref = ctypes.byref(x), ctypes.byref(y)
    parts: list[list[tuple[float, float]]] = []
    for index in range(calls.count_clip_segments(clip, number)):
        segment = calls.get_clip_segment(clip, number, index)
        calls.get_point(segment, x_ref, y_ref)
        if calls.get_segment_type(segment) == raw.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([])
        parts[-1].append((round(x.value, 2), round(y.value, 2)))
    return [_rectangle(points) for points in parts if len(points) > 1]


def _rectangle(points: Sequence[tuple[float, float]]) -> Area:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
    corners = {(left, bottom), (left, top), (right, bottom), (right, top)}
    is_one = len(points) <= _MOST_CORNERS and set(points) == corners
    return (left, bottom, right, top) if is_one else _NOWHERE


def _is_in_a_layer(text: TextObject) -> bool:
    """Whether a piece of text may belong to optional content: it is marked so, or within another drawing."""
    if text[2] is not UNTURNED:
        return True
    marks = calls.count_marks(text[1])
    if marks <= 0:
        return False
    handle = ctypes.cast(text[1], raw.FPDF_PAGEOBJECT)
    return any(_name(raw.FPDFPageObj_GetMark(handle, index)) == "OC" for index in range(marks))


def _name(mark: raw.FPDF_PAGEOBJECTMARK) -> str:
    length = ctypes.c_ulong()
    space = (ctypes.c_ushort * 16)()
    if not raw.FPDFPageObjMark_GetName(mark, space, ctypes.sizeof(space), length):
        return ""
    return bytes(space)[: max(0, length.value - 2)].decode("utf-16-le", "replace")


def _covered(drawn: Drawn) -> set[int]:
    """Text that an opaque fill or a picture is painted over."""
    if not drawn.covers:
        return set()
    last = drawn.covers[-1][0]
    bands: dict[int, list[tuple[int, Area]]] = {}
    for order, area in drawn.covers:
        low, high = math.floor(area[1] / _BAND), math.floor(area[3] / _BAND)
        for band in range(low, min(high, low + 1000) + 1):
            bands.setdefault(band, []).append((order, area))
    found = set()
    for order, item, outer in drawn.texts:
        if order > last:
            break
        left, bottom, right, top = bounds(item, outer)
        y = (bottom + top) / 2
        for later, area in bands.get(math.floor(y / _BAND), ()):
            if later > order and area[1] < y < area[3] and area[0] < right and area[2] > left:
                found.add(item.value or 0)
                break
    return found


def unseen(
    page: pdfium.PdfPage,
    text_page: raw.FPDF_TEXTPAGE,
    asked: Sequence[frozenset[int]],
    drawn_by: Sequence[tuple[int, int]],
) -> set[int]:
    """The characters, by index, that make no difference to the picture of the page.

    ``asked`` are the pieces of text to ask about, kind by kind; ``drawn_by`` gives the index of each
    character and the address of the piece of text that it belongs to.
    """
    there = {address for _, address in drawn_by}
    kinds = [pieces for kind in asked if (pieces := kind & there)]
    if not kinds:
        return set()
    width, height = page.get_size()
    scale = min(_SCALE, math.sqrt(_MOST_DOTS / max(1.0, width * height)))
    whole = _picture(page, scale)
    found: set[int] = set()
    for pieces in kinds:
        handles = [ctypes.cast(ctypes.c_void_p(address), raw.FPDF_PAGEOBJECT) for address in pieces]
        for handle in handles:
            raw.FPDFPageObj_SetIsActive(handle, False)
        difference = ImageChops.difference(whole, _picture(page, scale))
        for handle in handles:
            raw.FPDFPageObj_SetIsActive(handle, True)
        found |= {
            index
            for index, address in drawn_by
            if address in pieces and not _differs(page, text_page, index, difference)
        }
    return found


def covered_in_part(
    glyphs: Sequence[Glyph], owners: Mapping[int, int], covered: Collection[int]
) -> list[Glyph]:
    """The characters of figures of which some are covered and others are not. Glyphs are in reading order.

    A figure is one piece of text, or pieces of one character each.
    """
    lengths = Counter(owners.values())

    def goes_on(glyph: Glyph, following: Glyph) -> bool:
        one, other = owners[glyph[7]], owners[following[7]]
        return _is_next(glyph, following) and (one == other or lengths[one] == lengths[other] == 1)

    found: list[Glyph] = []
    figure: list[Glyph] = []
    for glyph in [*glyphs, None]:
        if glyph is not None and glyph[0] in _OF_FIGURES and (not figure or goes_on(figure[-1], glyph)):
            figure.append(glyph)
            continue
        if 0 < sum(each[7] in covered for each in figure) < len(figure):
            found += figure
        figure = [glyph] if glyph is not None and glyph[0] in _OF_FIGURES else []
    return found


def _is_next(glyph: Glyph, following: Glyph) -> bool:
    height = glyph[6] - glyph[4]
    # what is covered and what is drawn over it may begin at one place
    return (
        abs(glyph[2] - following[2]) < _SAME_LINE * height and abs(following[3] - glyph[5]) < _BESIDE * height
    )


def _picture(page: pdfium.PdfPage, scale: float) -> Image.Image:
    picture: Image.Image = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()
    return picture


def _differs(page: pdfium.PdfPage, text_page: raw.FPDF_TEXTPAGE, index: int, difference: Image.Image) -> bool:
    sides = [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(text_page, index, *sides)
    left, right, bottom, top = (side.value for side in sides)
    x0, y0 = _dot(page, left, bottom, difference)
    x1, y1 = _dot(page, right, top, difference)
    box = (
        max(0, min(x0, x1)),
        max(0, min(y0, y1)),
        min(difference.width, max(x0, x1) + 1),
        min(difference.height, max(y0, y1) + 1),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return False
    return any(difference.crop(box).histogram()[_LEAST_DIFFERENCE:])


def _dot(page: pdfium.PdfPage, x: float, y: float, picture: Image.Image) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, picture.width, picture.height, 0, x, y, across, down)
    return across.value, down.value


def without_overwritten(glyphs: Sequence[Glyph], owners: Mapping[int, int]) -> list[Glyph]:
    """Characters without the pieces of text that others are drawn over later."""
    rows: dict[int, list[Glyph]] = {}
    pieces: dict[int, list[bool]] = {}
    for glyph in reversed(glyphs):
        height = glyph[6] - glyph[4]
        row, owner = round(glyph[2] / max(1.0, height)), owners[glyph[7]]
        x = (glyph[3] + glyph[5]) / 2
        near = [other for key in (row - 1, row, row + 1) for other in rows.get(key, ())]
        pieces.setdefault(owner, []).append(
            any(
                other[3] < x < other[5]
                and abs(other[2] - glyph[2]) < height / 2
                and owners[other[7]] != owner
                for other in near
            )
        )
        rows.setdefault(row, []).append(glyph)
    return [glyph for glyph in glyphs if 2 * sum(pieces[owners[glyph[7]]]) < len(pieces[owners[glyph[7]]])]
