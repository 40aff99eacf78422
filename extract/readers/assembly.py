"""Grids and lines of one page, however they were found, to blocks in reading order with their places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.blocks import Box, Cell, Doubt, Grid, Row, Text
from extract.readers.headings import heading_level
from extract.readers.ruled import RuledGrid

_PLACES = 2  # decimals of a point that are kept


class Words(NamedTuple):
    """A printed text, how sure its recognition was (None: it was not recognised), and what is in doubt."""

    text: str
    confidence: float | None = None
    doubt: Doubt | None = None


class PrintedLine(NamedTuple):
    """A line outside grids. Lines and grids are ordered by their ``baseline`` and top."""

    words: Words
    box: Box
    baseline: float


def assembled(
    grids: Sequence[tuple[RuledGrid, Mapping[int, Words]]], lines: Sequence[PrintedLine], page_no: int
) -> tuple[Text | Grid, ...]:
    """Give blocks from top to bottom; lines and rows of grids are numbered together from 1.

    ``grids`` come with the words of their cells, by index; a grid without any words is left out.
    """
    items: list[tuple[float, PrintedLine | tuple[RuledGrid, Mapping[int, Words]]]] = [
        *((line.baseline, line) for line in lines),
        *((grid.rows[0], (grid, words)) for grid, words in grids if words),
    ]
    items.sort(key=lambda item: item[0])
    blocks: list[Text | Grid] = []
    line_no = 0
    for _, item in items:
        if isinstance(item, PrintedLine):
            line_no += 1
            text, confidence, box = item.words.text, item.words.confidence, _rounded(item.box)
            blocks.append(Text(text, line_no, page_no, heading_level(text), box, confidence))
        else:
            rows = _rows(*item, page_no, line_no + 1)
            line_no += len(rows)
            blocks.append(Grid(rows, tuple(round(edge, _PLACES) for edge in item[0].columns)))
    return tuple(blocks)


def _rows(grid: RuledGrid, words: Mapping[int, Words], page_no: int, first_line: int) -> tuple[Row, ...]:
    """Rows of one width: a merged cell's text at its top left place, blanks where it covers."""
    columns = [round(edge, _PLACES) for edge in grid.columns]
    edges = [round(edge, _PLACES) for edge in grid.rows]
    sides = list(enumerate(pairwise(columns)))
    rows: list[list[Cell]] = [
        [
            Cell("", first_line + row, column, page_no, box=Box(left, top, right, bottom))
            for column, (left, right) in sides
        ]
        for row, (top, bottom) in enumerate(pairwise(edges))
    ]
    for index, (text, confidence, doubt) in words.items():
        cell = grid.cells[index]
        rows[cell.row][cell.column] = Cell(
            text, first_line + cell.row, cell.column, page_no, (), _rounded(cell.box), confidence, doubt
        )
    return tuple(tuple(row) for row in rows)


def _rounded(box: Box) -> Box:
    return Box(*(round(edge, _PLACES) for edge in box))
