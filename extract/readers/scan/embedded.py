"""Pictures within a digital page that show a table or lines of text: read where they stand."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np

from extract.blocks import Box
from extract.readers.assembly import PrintedLine
from extract.readers.ruled import GridCell, RuledGrid, ruled_grids
from extract.readers.scan.page import PictureParts, picture_parts
from extract.readers.scan.picture import Picture, ink
from extract.readers.scan.recognition import Place, detected
from extract.readers.scan.rules import picture_rules

_FEWEST_LINES = 4  # of text, in a picture without a grid; a seal or a logo has fewer
_WIDE = 0.3  # of the picture's width is text, in such a line
_LEAST_INKED = 0.2  # the same of ink, before it is looked for text
_LETTERS_APART = 8.0  # points between letters of a line
_LOWEST, _HIGHEST = 3.0, 60.0  # points of a line of ink; two lines that touch are one
_POINTS_AN_INCH = 72
_SMALLEST = 40  # picture elements along the shorter side; less shows no text


def shows_text(picture: Picture, dots_an_inch: float) -> bool:
    """Whether a picture shows a grid, or several lines of text."""
    if min(picture.shape) < _SMALLEST:
        return False
    grids = ruled_grids(picture_rules(ink(picture), _POINTS_AN_INCH / dots_an_inch))
    if any(len(grid.cells) > 3 for grid in grids):
        return True
    if _wide_lines(_inked_lines(picture, dots_an_inch), _LEAST_INKED * picture.shape[1]) < _FEWEST_LINES:
        return False  # charts and photographs; to look for text in them takes a second
    return _wide_lines(detected(picture), _WIDE * picture.shape[1]) >= _FEWEST_LINES


def _inked_lines(picture: Picture, dots_an_inch: float) -> list[Place]:
    """Where ink lies as lines of text do: in stretches that are low, letters closed up."""
    scale = dots_an_inch / _POINTS_AN_INCH
    beside = np.ones((1, round(_LETTERS_APART * scale)), np.uint8)
    closed = cv2.morphologyEx(ink(picture), cv2.MORPH_CLOSE, beside)
    _, _, found, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    return [
        Place(int(left), int(top), int(left + width), int(top + height))
        for left, top, width, height, _ in found[1:]
        if _LOWEST * scale <= height <= _HIGHEST * scale
    ]


def _wide_lines(places: Iterable[Place], least: float) -> int:
    """How many lines of text reach over a good part of a picture; a chart's words stand here and there."""
    lines: list[list[Place]] = []
    for place in sorted(places, key=lambda each: each.top + each.bottom):
        middle = (place.top + place.bottom) / 2
        if lines and lines[-1][-1].top < middle < lines[-1][-1].bottom:
            lines[-1].append(place)
        else:
            lines.append([place])
    return sum(sum(place.right - place.left for place in line) >= least for line in lines)


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
