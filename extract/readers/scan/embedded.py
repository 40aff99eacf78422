"""Pictures within a digital page that show a table or lines of text: read where they stand."""

from __future__ import annotations

from itertools import pairwise

from extract.blocks import Box
from extract.readers.assembly import PrintedLine
from extract.readers.ruled import GridCell, RuledGrid, ruled_grids
from extract.readers.scan.page import PictureParts, picture_parts
from extract.readers.scan.picture import Picture, ink
from extract.readers.scan.recognition import detected
from extract.readers.scan.rules import picture_rules

_FEWEST_LINES = 3  # of text, in a picture without a grid; a seal or a logo has fewer
_POINTS_AN_INCH = 72
_SMALLEST = 40  # picture elements along the shorter side; less shows no text


def shows_text(picture: Picture, dots_an_inch: float) -> bool:
    """Whether a picture shows a grid, or several lines of text."""
    if min(picture.shape) < _SMALLEST:
        return False
    grids = ruled_grids(picture_rules(ink(picture), _POINTS_AN_INCH / dots_an_inch))
    if any(len(grid.cells) > 3 for grid in grids):
        return True
    places = detected(picture)
    tops = sorted((place.top + place.bottom) / 2 for place in places)
    height = sum(place.bottom - place.top for place in places) / max(1, len(places))
    lines = sum(b - a > height / 2 for a, b in pairwise(tops)) + bool(tops)
    return lines >= _FEWEST_LINES and len(places) >= 2 * _FEWEST_LINES


def parts_at(picture: Picture, dots_an_inch: float, left: float, top: float) -> PictureParts:
    """What a picture shows, in points of the page whose point ``left``, ``top`` is the picture's corner."""
    parts = picture_parts(picture, dots_an_inch)
    return PictureParts(
        [(_moved_grid(grid, left, top), dict(words)) for grid, words in parts.grids],
        [_moved_line(line, left, top) for line in parts.lines],
    )


def _moved_grid(grid: RuledGrid, left: float, top: float) -> RuledGrid:
    return RuledGrid(
        tuple(x + left for x in grid.columns),
        tuple(y + top for y in grid.rows),
        tuple(
            GridCell(cell.row, cell.column, cell.row_span, cell.column_span, _moved(cell.box, left, top))
            for cell in grid.cells
        ),
        grid.cell_at,
    )


def _moved_line(line: PrintedLine, left: float, top: float) -> PrintedLine:
    return PrintedLine(line.words, _moved(line.box, left, top), line.baseline + top)


def _moved(box: Box, left: float, top: float) -> Box:
    return Box(box.left + left, box.top + top, box.right + left, box.bottom + top)
