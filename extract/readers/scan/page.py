"""The picture of a page to blocks: rules to grids, each cell and each line around recognised by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extract.blocks import Grid, Text
from extract.readers.assembly import PrintedLine, Words, assembled
from extract.readers.ruled import RuledGrid, ruled_grids
from extract.readers.scan.around import joined, places_around
from extract.readers.scan.cell_lines import lines_in
from extract.readers.scan.orientation import upright
from extract.readers.scan.picture import Picture, ink, straightened, without_specks
from extract.readers.scan.points import with_doubtful_points
from extract.readers.scan.recognition import cut_out, recognised
from extract.readers.scan.rules import picture_rules, without_rules
from extract.readers.wrapping import join_lines

POINTS_AN_INCH = 72
_SMALLEST = 50  # picture elements along the shorter side; less is no page
_SPECK = 0.4  # square points of ink; what is smaller is dirt
# Dirt taken for a character has less; of 1,076 figures of worn and bad scans none had less than 0.9.
_LEAST_SURE = 0.6


class _Ask(NamedTuple):
    """A line of one cell to recognise: its grid, the index of its cell, its picture."""

    grid: int
    cell: int
    picture: Picture


class PictureParts(NamedTuple):
    """What was read in a picture: grids with the words of their cells, by index, and the lines around."""

    grids: list[tuple[RuledGrid, dict[int, Words]]]
    lines: list[PrintedLine]


def picture_blocks(picture: Picture, dots_an_inch: float, page_no: int) -> tuple[Text | Grid, ...]:
    """Read the picture of one page, which may lie askew, on its side or upside down."""
    parts = picture_parts(picture, dots_an_inch)
    return assembled(parts.grids, parts.lines, page_no)


def picture_parts(picture: Picture, dots_an_inch: float) -> PictureParts:
    """The same, not yet put in order; places are in points from the picture's top left corner."""
    if min(picture.shape) < _SMALLEST:
        return PictureParts([], [])
    turned, height = upright(picture)
    picture = straightened(turned)
    scale = POINTS_AN_INCH / dots_an_inch
    inked = ink(picture)
    rules = picture_rules(inked, scale)
    grids = ruled_grids(rules)
    written = without_specks(without_rules(inked, rules, scale), picture, round(_SPECK / scale / scale))
    around = places_around(picture, written, grids, scale)
    asked = [
        _Ask(number, index, line)
        for number, grid in enumerate(grids)
        for index, cell in enumerate(grid.cells)
        for line in lines_in(picture, written, cell.box, scale, height)
    ]
    read = recognised([*(ask.picture for ask in asked), *(cut_out(picture, place) for place in around)])
    cells: list[dict[int, list[Words]]] = [{} for _ in grids]
    for ask, words in zip(asked, read, strict=False):
        if not _is_dirt(words):
            cells[ask.grid].setdefault(ask.cell, []).append(words)
    unruled, lines = joined(zip(around, read[len(asked) :], strict=True), scale)
    of_grids = [{index: _one(words) for index, words in of_grid.items()} for of_grid in cells]
    found = [*zip(grids, of_grids, strict=True), *unruled]
    return PictureParts([(grid, with_doubtful_points(words)) for grid, words in found], lines)


def _is_dirt(words: Words) -> bool:
    """Whether hardly anything was recognised; longer texts are kept, however unsure, for trust to judge."""
    text = words.text.strip()
    return not text or (len(text) == 1 and (words.confidence or 0.0) < _LEAST_SURE)


def _one(lines: Sequence[Words]) -> Words:
    """The lines of a cell as one text, as sure as the least sure of them."""
    scores = [words.confidence for words in lines if words.confidence is not None]
    return Words(join_lines("\n".join(words.text for words in lines)), min(scores, default=None))
