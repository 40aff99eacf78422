"""A text disclosure as content to typeset: its headers, as the reader finds them, get merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.blocks import Grid, Row, Text
from extract.forms.grid_shape import split_header
from extract.readers.text import read_text
from extract.vocabulary import load_vocabulary
from tests.typesetting.content import Content, Paragraph, Place, Table


def content_of(text: str) -> Content:
    """Give what a text disclosure holds. A header cell with blanks beside or below is merged over them."""
    return tuple(
        Paragraph(block.text) if isinstance(block, Text) else _table(block)
        for block in read_text(text)
        if isinstance(block, Text | Grid)
    )


def _table(grid: Grid) -> Table:
    header, _ = split_header(grid.rows, load_vocabulary())
    width = max(len(row) for row in grid.rows)
    texts = [[row[column].text if column < len(row) else "" for column in range(width)] for row in grid.rows]
    return Table(len(texts), width, tuple(_places(texts, len(_printed(header)))))


def _printed(header: Sequence[Row]) -> Sequence[Row]:
    """Header rows that are rows of their own, not split off a row that they share with the body."""
    return [row for row in header if any(cell.text for cell in row)]


def _places(texts: list[list[str]], header: int) -> Iterator[Place]:
    height, width = len(texts), len(texts[0])
    is_covered = [[False] * width for _ in range(height)]
    for row in range(height):
        for column in range(width):
            if is_covered[row][column]:
                continue
            across = down = 1
            if row < header and texts[row][column]:
                while column + across < width and _is_below(texts, is_covered, row, column + across, header):
                    across += 1
                while row + down < header and not any(texts[row + down][column : column + across]):
                    down += 1
            for y in range(row, row + down):
                is_covered[y][column : column + across] = [True] * across
            yield Place(row, column, down, across, texts[row][column])


def _is_below(
    texts: list[list[str]], is_covered: list[list[bool]], row: int, column: int, header: int
) -> bool:
    """Whether a blank place belongs to the heading on its left: something is printed under it."""
    is_free = not texts[row][column] and not is_covered[row][column]
    return is_free and any(texts[lower][column] for lower in range(row + 1, header))
