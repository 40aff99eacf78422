"""Figures that are drawn as shapes, or by a font that says of them nothing at all: ink in cells without text.

A form with such cells looks filled in and reads as blank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pypdfium2 as pdfium
from PIL import Image

from extract.blocks import Box
from extract.numerals import is_money_shaped
from extract.readers.pdf.lines import Line
from extract.readers.ruled import RuledGrid

_FEWEST = 6  # blank cells of a page, and
_FEWEST_INKED = 3  # of them with ink: a page number or a tick is no table of figures
_SCALE = 2.0  # dots a point
_DARK = 110  # grey value; watermarks are paler
_EDGE = 1.5  # points from the edges of a cell that its rules and their blur take
_LEAST_DOTS = 6
_NARROWEST = 4.0  # points of a cell within its edges


def blank_cells(grids: Sequence[RuledGrid], inside: Sequence[Mapping[int, Sequence[Line]]]) -> list[Box]:
    """The cells without text of a page's grids; none where money is written in any."""
    blank: list[Box] = []
    for grid, cells in zip(grids, inside, strict=True):
        if any(is_money_shaped(line.text) for printed in cells.values() for line in printed):
            return []
        blank += [cell.box for index, cell in enumerate(grid.cells) if index not in cells]
    return blank if len(blank) >= _FEWEST else []


def are_inked(page: pdfium.PdfPage, blank: Sequence[Box]) -> bool:
    """Whether something is drawn in blank cells, within their edges: a seal across them touches these.

    ``blank`` is where they are on the page as it is displayed.
    """
    picture: Image.Image = page.render(scale=_SCALE, grayscale=True).to_pil()
    return sum(_is_inked(picture, box) for box in blank) >= _FEWEST_INKED


def _is_inked(picture: Image.Image, box: Box) -> bool:
    left, top = (round((edge + _EDGE) * _SCALE) for edge in box[:2])
    right, bottom = (round((edge - _EDGE) * _SCALE) for edge in box[2:])
    if min(right - left, bottom - top) < _NARROWEST * _SCALE:
        return False
    inner = (left + 1, top + 1, right - 1, bottom - 1)
    within = _dark_dots(picture, inner)
    return within >= _LEAST_DOTS and _dark_dots(picture, (left, top, right, bottom)) == within


def _dark_dots(picture: Image.Image, area: tuple[int, int, int, int]) -> int:
    return sum(picture.crop(area).histogram()[:_DARK])
