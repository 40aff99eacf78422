"""One page's content to blocks: characters to the cells they stand in, the others to lines around."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.blocks import Box, Doubt, Grid, Illegible, Text
from extract.numerals import is_money_shaped
from extract.page_marks import is_page_mark
from extract.readers.aligned import Columns
from extract.readers.assembly import PrintedLine, Words, assembled
from extract.readers.pdf.content import Character, PageContent
from extract.readers.pdf.drawn_figures import blank_cells
from extract.readers.pdf.lines import Line, joined, line_of, lines
from extract.readers.pdf.notes import without_notes
from extract.readers.pdf.stacked import is_glued, rules_between
from extract.readers.pdf.struck import without_struck
from extract.readers.pdf.unruled import unruled_tables
from extract.readers.ruled import RuledGrid, ruled_grids

if TYPE_CHECKING:
    from extract.readers.scan.page import PictureParts

_AT_EDGE = 0.3  # points from the edge of its cell that a figure ends at least
_ABOVE_BASELINE = 0.3  # em; a point inside every character, also one whose box is wrong


class Pages:
    """The pages of a document, one after the other: a table that is not ruled may go on overleaf."""

    def __init__(self) -> None:
        """Begin before the first page."""
        self._last: Columns | None = None
        self.blank: list[Box] = []  # the blank cells of the last page, where no figure stands in any

    def blocks(
        self, content: PageContent, page_no: int, pictures: Sequence[PictureParts] = ()
    ) -> tuple[Text | Grid | Illegible, ...]:
        """Give a page's blocks from top to bottom, see :func:`extract.readers.assembly.assembled`.

        ``pictures`` is what was recognised in its pictures.
        """
        characters, rules = without_struck(without_notes(content.characters), content.rules, content.slants)
        grids = ruled_grids(rules)
        inside, around = _placed(characters, grids)
        more = rules_between(grids, inside, rules)
        if more:
            grids = ruled_grids((*rules, *more))
            inside, around = _placed(characters, grids)
        self.blank = blank_cells(grids, inside)
        unruled = unruled_tables(around, rules, self._last)
        blocks = assembled(
            [
                *(_worded(grid, cells, content) for grid, cells in zip(grids, inside, strict=True)),
                *unruled.grids,
                *(grid for picture in pictures for grid in picture.grids),
            ],
            [
                *(
                    PrintedLine(Words(line.text), line.box, line.baseline)
                    for line in map(line_of, unruled.around)
                ),
                *(line for picture in pictures for line in picture.lines),
            ],
            page_no,
        )
        self._last = _open_at_end(blocks, unruled.last)
        return _with_unread(blocks)


def _printed(row: list[Character]) -> PrintedLine:
    line = line_of(row)
    return PrintedLine(Words(line.text), line.box, line.baseline)


def _with_unread(blocks: tuple[Text | Grid, ...]) -> tuple[Text | Grid | Illegible, ...]:
    """Say that a table stands where rows of figures were read as lines of text: its form is not blank."""
    if any(isinstance(block, Grid) for block in blocks):
        return blocks
    rows = [number for number, block in enumerate(blocks) if isinstance(block, Text) and _is_row(block.text)]
    if not rows:
        return blocks
    first = blocks[rows[0]]
    assert isinstance(first, Text)
    return (*blocks[: rows[0]], Illegible(first.line_no, first.page_no), *blocks[rows[0] :])


def _is_row(text: str) -> bool:
    """Whether a line of text is a row of figures, and no sentence with some."""
    words = text.split()
    return sum(map(is_money_shaped, words)) > 1 and not set("。；，") & set(text)


def page_blocks(content: PageContent, page_no: int) -> tuple[Text | Grid | Illegible, ...]:
    """Give the blocks of a page by itself."""
    return Pages().blocks(content, page_no)


def _open_at_end(blocks: Sequence[Text | Grid], aligned: Columns | None) -> Columns | None:
    """The columns of the table that a page ends with; nothing but a page number may stand below it."""
    for block in reversed(blocks):
        if isinstance(block, Grid):
            edges = block.column_edges or ()
            if aligned is not None and len(edges) == len(aligned.edges):
                return aligned
            return Columns(edges, tuple(pairwise(edges)))
        if not is_page_mark(block.text):
            return None
    return None


def _placed(
    characters: Sequence[Character], grids: Sequence[RuledGrid]
) -> tuple[list[Mapping[int, tuple[Line, ...]]], list[Character]]:
    """The lines of each cell of each grid, and the characters outside."""
    inside: list[defaultdict[int, list[Character]]] = [defaultdict(list) for _ in grids]
    around: list[Character] = []
    for character in characters:
        x, y = (character.left + character.right) / 2, character.baseline - _ABOVE_BASELINE * character.size
        for grid, cells in zip(grids, inside, strict=True):
            index = grid.index_at(x, y)
            if index is not None:
                cells[index].append(character)
                break
        else:
            around.append(character)
    return [{index: lines(printed) for index, printed in cells.items()} for cells in inside], around


def _worded(
    grid: RuledGrid, cells: Mapping[int, tuple[Line, ...]], content: PageContent
) -> tuple[RuledGrid, Mapping[int, Words]]:
    cut = _cut(grid, cells)
    words = {}
    for index, printed in cells.items():
        doubt: Doubt | None = None
        if content.is_unpainted:
            doubt = "hidden"
        elif index in cut:
            doubt = "placed"
        elif len(printed) > 1 and is_glued(printed):
            doubt = "glued"
        words[index] = Words(joined(printed), doubt=doubt)
    return grid, words


def _cut(grid: RuledGrid, cells: Mapping[int, tuple[Line, ...]]) -> set[int]:
    """The cells with a figure that runs over an edge, so that some of its digits may be in the next cell."""
    cut: set[int] = set()
    for index, printed in cells.items():
        box = grid.cells[index].box
        for line in printed:
            if line.box.right > box.right - _AT_EDGE and line.text[-1:].isdigit():
                beside = grid.index_at(line.box.right + 1, line.baseline - 1)
                goes_on = any(
                    abs(other.baseline - line.baseline) < 1 and other.box.left < line.box.right + 1
                    for other in cells.get(-1 if beside is None else beside, ())
                )
                cut |= {index, beside} if goes_on and beside is not None else {index}
    return cut
