"""One page's content to blocks: grids with their cells, lines of text around them, in reading order."""

from __future__ import annotations

from collections import defaultdict

from extract.blocks import Box, Cell, Grid, Row, Text
from extract.readers.headings import heading_level
from extract.readers.pdf.content import Character, PageContent
from extract.readers.pdf.lines import cell_text, lines
from extract.readers.ruled import RuledGrid, ruled_grids

_ABOVE_BASELINE = 0.3  # em; a point inside every character, also one whose box is wrong
_PLACES = 2  # decimals of a point that are kept


def page_blocks(content: PageContent, page_no: int) -> tuple[Text | Grid, ...]:
    """Give a page's blocks from top to bottom; lines and rows of grids are numbered together from 1."""
    grids = ruled_grids(content.rules)
    inside: list[defaultdict[int, list[Character]]] = [defaultdict(list) for _ in grids]
    around: list[Character] = []
    for character in content.characters:
        x, y = (character.left + character.right) / 2, character.baseline - _ABOVE_BASELINE * character.size
        for grid, cells in zip(grids, inside, strict=True):
            index = grid.index_at(x, y)
            if index is not None:
                cells[index].append(character)
                break
        else:
            around.append(character)
    filled = [(grid, cells) for grid, cells in zip(grids, inside, strict=True) if cells]
    items: list[tuple[float, Text | tuple[RuledGrid, dict[int, list[Character]]]]] = [
        (line.baseline, Text(line.text, 0, page_no, heading_level(line.text), _rounded(line.box)))
        for line in lines(around)
    ]
    items += [(grid.rows[0], (grid, cells)) for grid, cells in filled]
    items.sort(key=lambda item: item[0])
    blocks: list[Text | Grid] = []
    line_no = 0
    for _, item in items:
        if isinstance(item, Text):
            line_no += 1
            blocks.append(Text(item.text, line_no, page_no, item.level, item.box))
        else:
            rows = _rows(*item, page_no, line_no + 1)
            line_no += len(rows)
            blocks.append(Grid(rows, tuple(round(edge, _PLACES) for edge in item[0].columns)))
    return tuple(blocks)


def _rows(
    grid: RuledGrid, characters: dict[int, list[Character]], page_no: int, first_line: int
) -> tuple[Row, ...]:
    """Rows of one width: a merged cell's text at its top left place, blanks where it covers."""
    rows: list[list[Cell]] = []
    for row in range(len(grid.rows) - 1):
        top, bottom = grid.rows[row], grid.rows[row + 1]
        rows.append(
            [
                Cell("", first_line + row, column, page_no, box=_rounded(Box(left, top, right, bottom)))
                for column, (left, right) in enumerate(zip(grid.columns, grid.columns[1:], strict=False))
            ]
        )
    for index, printed in characters.items():
        cell = grid.cells[index]
        place = rows[cell.row][cell.column]
        rows[cell.row][cell.column] = place._replace(text=cell_text(printed), box=_rounded(cell.box))
    return tuple(tuple(row) for row in rows)


def _rounded(box: Box) -> Box:
    return Box(*(round(edge, _PLACES) for edge in box))
