"""One page's content to blocks: characters to the cells they stand in, the others to lines around."""

from __future__ import annotations

from collections import defaultdict

from extract.blocks import Grid, Text
from extract.readers.assembly import PrintedLine, Words, assembled
from extract.readers.pdf.content import Character, PageContent
from extract.readers.pdf.lines import cell_text, lines
from extract.readers.ruled import ruled_grids

_ABOVE_BASELINE = 0.3  # em; a point inside every character, also one whose box is wrong


def page_blocks(content: PageContent, page_no: int) -> tuple[Text | Grid, ...]:
    """Give a page's blocks from top to bottom, see :func:`extract.readers.assembly.assembled`."""
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
    return assembled(
        [
            (grid, {index: Words(cell_text(printed)) for index, printed in cells.items()})
            for grid, cells in zip(grids, inside, strict=True)
        ],
        [PrintedLine(Words(line.text), line.box, line.baseline) for line in lines(around)],
        page_no,
    )
