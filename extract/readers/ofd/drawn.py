"""What is drawn on a page of OFD: signs with their places, outlines, pictures, and what covers what.

All places are points in a page's own axes, y upwards from the lower left corner, as for PDF.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.readers.ofd.colours import Colour, colour_of
from extract.readers.ofd.outlines import Point, outlines
from extract.readers.ofd.package import Area, Element, OfdPage, area_of, children, numbers
from extract.readers.pdf.drawings import UNTURNED, Matrix, OverfullPageError, corners, times
from extract.readers.pdf.upright import Glyph
from extract.readers.reading import UnreadableDocumentError

POINTS = 72 / 25.4  # to a millimetre, in which OFD measures
_MOST_DRAWN = 200_000  # on one page
_MOST_NESTED = 8
_WIDE, _NARROW = 1.0, 0.5  # em, of Chinese and of other signs where nothing says how far the next is
_OF_FIGURES = 0.65  # em at most, if the next is further; of letters and signs as %:
_OF_LETTERS = 1.0
_HANGING, _STANDING = 0.3, 0.9  # em below and above the baseline, as the boxes of PDF fonts have it
_REACH = 1.0  # em by which a sign may reach out of the box that its text is said to have
_THICK = 3.0  # points; a thinner fill is a rule, and hides nothing

_Area = tuple[float, float, float, float]


class Drawing(NamedTuple):
    """A path: its outlines, and whether its lines and its inside are seen."""

    outlines: list[list[Point]]
    is_stroked: bool
    is_filled: bool


class _Sign(NamedTuple):
    """A sign of a text: where it begins and how wide it is, in the text's own axes."""

    text: str
    x: float
    y: float
    width: float


class Shown(NamedTuple):
    """A picture: when it is painted, its place, and the part of the package that holds it."""

    order: int
    area: _Area
    part: str


@dataclass(slots=True)
class Drawn:
    """What a page shows, in the order in which it is painted."""

    glyphs: list[Glyph] = field(default_factory=list)
    owners: dict[int, int] = field(default_factory=dict)  # the piece of text of each glyph
    colours: dict[int, Colour] = field(default_factory=dict)  # of each piece of text
    drawings: list[Drawing] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    fills: list[tuple[int, _Area, Colour]] = field(default_factory=list)  # opaque ones, with their order
    count: int = 0


def drawn_on(page: OfdPage) -> Drawn:
    """Look through all that is drawn on a page.

    Raises:
        OverfullPageError: when there is more than a page can show.
        UnreadableDocumentError: when it is not said where a text stands.
    """
    drawn = Drawn()
    # from millimetres downwards to points upwards
    axes: Matrix = (POINTS, 0, 0, -POINTS, -page.area.x * POINTS, (page.area.height + page.area.y) * POINTS)
    painter = _Painter(page, drawn)
    for layer in page.layers:
        painter.paint(layer, axes, page.resources.fills.get(layer.get("DrawParam", "")), 0)
    return drawn


class _Painter:
    def __init__(self, page: OfdPage, drawn: Drawn) -> None:
        self._resources, self._drawn = page.resources, drawn

    def paint(self, holder: Element, outer: Matrix, fill: Element | None, depth: int) -> None:
        """Add what an element holds; ``outer`` is the matrix around it, ``fill`` the colour where none is."""
        for item in holder.iterchildren("{*}*"):
            self._drawn.count += 1
            if self._drawn.count > _MOST_DRAWN:
                raise OverfullPageError(f"more than {_MOST_DRAWN:,} drawings on one page")
            if item.get("Visible", "true") == "false":
                continue
            name = item.tag.rpartition("}")[2]
            own = self._resources.fills.get(item.get("DrawParam", ""), fill)
            if name == "TextObject":
                self._text(item, outer, own)
            elif name == "PathObject":
                self._path(item, outer, own)
            elif name == "ImageObject":
                self._picture(item, outer)
            elif name == "PageBlock" and depth < _MOST_NESTED:
                self.paint(item, outer, own, depth + 1)
            elif name == "CompositeObject" and depth < _MOST_NESTED:
                group = self._resources.groups.get(item.get("ResourceID", ""))
                inner = _placed(item, outer)
                for content in children(group, "Content") if group is not None else ():
                    self.paint(content, inner or outer, own, depth + 1)

    def _text(self, item: Element, outer: Matrix, fill: Element | None) -> None:
        codes = children(item, "TextCode")
        if not any((code.text or "").strip() for code in codes):
            return
        matrix, size = _placed(item, outer), numbers(item.get("Size"))
        if matrix is None or not size:
            raise UnreadableDocumentError(
                "the OFD document does not say where its text stands; "
                "export it as PDF in the program that shows it"
            )
        drawn, piece = self._drawn, self._drawn.count
        drawn.colours[piece] = (
            Colour(opacity=0.0) if item.get("Fill") == "false" and item.get("Stroke") != "true"
            else colour_of(item, "FillColor", fill)
        )  # fmt: skip
        window = _window(item, outer, size[0])
        turned = math.radians(_stated(item, "CharDirection", 0.0))
        for sign in _signs(codes, size[0], _scale(item)):
            glyph = _glyph(sign, size[0], matrix, turned, len(drawn.owners))
            if glyph is not None and _is_within(glyph, window):
                drawn.glyphs.append(glyph)
                drawn.owners[glyph[7]] = piece

    def _path(self, item: Element, outer: Matrix, fill: Element | None) -> None:
        matrix = _placed(item, outer)
        data = "".join(part.text or "" for part in children(item, "AbbreviatedData"))
        if matrix is None or not data:
            return
        lines = list(outlines(data, lambda x, y: _moved(matrix, x, y)))
        stroke, inside = colour_of(item, "StrokeColor"), colour_of(item, "FillColor", fill)
        is_filled = item.get("Fill", "false") == "true"
        drawing = Drawing(
            lines,
            is_stroked=item.get("Stroke", "true") != "false" and not _is_white(stroke),
            is_filled=is_filled and not _is_white(inside),
        )
        if drawing.is_stroked or drawing.is_filled:
            self._drawn.drawings.append(drawing)
        points = [point for line in lines for point in line]
        if is_filled and inside.covers and points:
            area = _around(points)
            if min(area[2] - area[0], area[3] - area[1]) > _THICK:
                self._drawn.fills.append((self._drawn.count, area, inside))

    def _picture(self, item: Element, outer: Matrix) -> None:
        matrix = _placed(item, outer)
        part = self._resources.pictures.get(item.get("ResourceID", ""))
        if matrix is not None and part is not None:
            box = area_of(item.get("Boundary"))
            stated = numbers(item.get("CTM"))
            side = (0.0, 0.0, 1.0, 1.0) if stated or box is None else (0.0, 0.0, box.width, box.height)
            self._drawn.pictures.append(Shown(self._drawn.count, corners(side, matrix), part))


def _placed(item: Element, outer: Matrix) -> Matrix | None:
    """The matrix of what an object holds: its own, then its box's corner, then what is around."""
    box = area_of(item.get("Boundary"))
    if box is None:
        return None
    own = numbers(item.get("CTM"))
    matrix: Matrix = (own[0], own[1], own[2], own[3], own[4], own[5]) if len(own) == 6 else UNTURNED
    return times(times(matrix, (1, 0, 0, 1, box.x, box.y)), outer)


def _moved(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _around(points: Iterable[Point]) -> _Area:
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _is_white(colour: Colour) -> bool:
    return colour.lightness > 0.98 or colour.opacity <= 0


def _window(item: Element, outer: Matrix, size: float) -> list[_Area]:
    """Where a text can be seen at all: in its box, which may be a little too small, and its clips."""
    box = area_of(item.get("Boundary"))
    if box is None:
        return []
    windows = [Area(box.x, box.y, box.width, box.height)] if box.width > 0 and box.height > 0 else []
    for clip in children(item, "Clips", "Clip", "Area", "Path"):
        within = area_of(clip.get("Boundary"))
        if within is not None:
            windows.append(Area(box.x + within.x, box.y + within.y, within.width, within.height))
    reach = _REACH * size
    return [
        corners((x - reach, y - reach, x + width + reach, y + height + reach), outer)
        for x, y, width, height in windows
    ]


def _is_within(glyph: Glyph, windows: Iterable[_Area]) -> bool:
    x, y = (glyph[3] + glyph[5]) / 2, (glyph[4] + glyph[6]) / 2
    return all(left <= x <= right and bottom <= y <= top for left, bottom, right, top in windows)


def _scale(item: Element) -> float:
    scale = numbers(item.get("HScale"))
    return scale[0] if scale and scale[0] > 0 else 1.0


def _signs(codes: Iterable[Element], size: float, scale: float) -> Iterator[_Sign]:
    """Each sign of a text that is no space."""
    x = y = 0.0
    for code in codes:
        x, y = _stated(code, "X", x), _stated(code, "Y", y)
        text = (code.text or "").strip("\r\n")
        across = _distances(code.get("DeltaX"), len(text))
        down = _distances(code.get("DeltaY"), len(text))
        for index, sign in enumerate(text):
            usual = scale * size * (_WIDE if sign > "\u2e7f" else _NARROW)
            right = across[index] if index < len(across) else (0.0 if down else usual)
            if not sign.isspace():
                most = scale * size * (_OF_FIGURES if sign in "0123456789.,-" else _OF_LETTERS)
                yield _Sign(sign, x, y, min(most, right) if right > 0 else usual)
            x += right
            y += down[index] if index < len(down) else 0.0


def _stated(code: Element, name: str, before: float) -> float:
    stated = numbers(code.get(name))
    return stated[0] if stated else before


def _distances(stated: str | None, most: int) -> list[float]:
    """Distances between signs; ``g 3 5.0`` says three times 5.0."""
    found: list[float] = []
    tokens = (stated or "").split()
    place = 0
    try:
        while place < len(tokens) and len(found) < most:
            if tokens[place] == "g":
                times_, distance = int(float(tokens[place + 1])), float(tokens[place + 2])
                found += [distance] * min(times_, most)
                place += 3
            else:
                found.append(float(tokens[place]))
                place += 1
    except (ValueError, IndexError, OverflowError):
        pass
    return found


def _glyph(sign: _Sign, size: float, matrix: Matrix, turned: float, index: int) -> Glyph | None:
    """A sign where it stands on the page; None where its matrix leaves nothing of it."""
    a, b, c, d, _, _ = matrix
    along = _unit(a * math.cos(turned) + c * math.sin(turned), b * math.cos(turned) + d * math.sin(turned))
    if along is None:
        return None
    width, em = sign.width * math.hypot(a, b), size * math.hypot(c, d)
    turns = math.atan2(along[1], along[0]) / (math.pi / 2)
    quarter = round(turns) % 4 if abs(turns - round(turns)) < 0.03 else None
    across, up = _moved(matrix, sign.x, sign.y)
    low, high = -_HANGING * em, _STANDING * em
    # a sign's own axes: along its line, and upwards from it
    points = [
        (across + along[0] * s - along[1] * t, up + along[1] * s + along[0] * t)
        for s in (0.0, width)
        for t in (low, high)
    ]
    return sign.text, across, up, *_around(points), index, quarter


def _unit(x: float, y: float) -> Point | None:
    length = math.hypot(x, y)
    return (x / length, y / length) if math.isfinite(length) and length > 0 else None
