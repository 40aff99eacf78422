"""One page's content to blocks: characters to the cells they stand in, the others to lines around."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.blocks import NOTHING_READ, Box, Doubt, Grid, Illegible, Text
from extract.numerals import is_amount, is_money_shaped
from extract.page_marks import is_page_mark
from extract.readers.aligned import Columns
from extract.readers.assembly import PrintedLine, Words, assembled
from extract.readers.pdf.content import Character, PageContent
from extract.readers.pdf.drawn_figures import blank_cells
from extract.readers.pdf.drawn_signs import with_drawn_signs
from extract.readers.pdf.framed import without_frames
from extract.readers.pdf.lines import Line, joined, line_of, lines
from extract.readers.pdf.notes import without_notes
from extract.readers.pdf.stacked import is_glued, rules_between
from extract.readers.pdf.struck import without_struck
from extract.readers.pdf.unruled import unruled_tables
from extract.readers.ruled import RuledGrid, ruled_grids

if TYPE_CHECKING:
    from extract.readers.scan.page import PictureParts

_AT_EDGE = 0.3  # points from the edge of its cell that a figure ends at least
_FEWEST_TURNED = 3  # digits on their side
_FEWEST_UNPARTED = 3  # rows
_OVER_EDGE = 1.0  # points that a figure begins before its cell
_NEAR_EDGE = 12.0  # points
_TOUCHING = 0.08  # em between the digits of one figure at most
_OF_ONE_FIGURE = 0.05  # of the height of a line between its digits at most
_OF_FIGURES = frozenset("0123456789,.")
_ABOVE_BASELINE = 0.3  # em; a point inside every character, also one whose box is wrong

_Worded = tuple[RuledGrid, Mapping[int, Words]]


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
        unmarked = without_notes(content.characters)
        characters, rules = without_struck(unmarked.characters, content.rules, content.slants)
        characters, rules = with_drawn_signs(characters, without_frames(characters, rules))
        grids = ruled_grids(rules)
        inside, around = _placed(characters, grids)
        unparted = [grid for grid, cells in zip(grids, inside, strict=True) if _is_unparted(cells)]
        if unparted:
            grids = tuple(grid for grid in grids if grid not in unparted)
            inside, around = _placed(characters, grids)
        more = rules_between(grids, inside, rules)
        if more:
            grids = tuple(grid for grid in ruled_grids((*rules, *more)) if not _is_one_of(grid, unparted))
            inside, around = _placed(characters, grids)
        self.blank = blank_cells(grids, inside)
        unruled = unruled_tables(around, rules, self._last)
        ruled = [_worded(grid, cells, around, content) for grid, cells in zip(grids, inside, strict=True)]
        blocks = assembled(
            [
                *(
                    _doubted(_doubted(each, unmarked.decimals, "unread"), content.half_covered, "hidden")
                    for each in (*ruled, *unruled.grids)
                ),
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
    grid: RuledGrid,
    cells: Mapping[int, tuple[Line, ...]],
    around: Sequence[Character],
    content: PageContent,
) -> _Worded:
    cut = _cut(grid, cells, around)
    words = {}
    for index, printed in cells.items():
        doubt: Doubt | None = None
        if content.is_unpainted:
            doubt = "hidden"
        elif index in cut:
            doubt = "placed"
        elif any(line.has_seam for line in printed) or (len(printed) > 1 and is_glued(printed)):
            doubt = "glued"
        elif _stands_aside(grid, index, printed):
            doubt = "placed"
        words[index] = Words(joined(printed), doubt=doubt)
    if content.turned_digits:
        turned = Counter(grid.index_at(x, y) for x, y in content.turned_digits)
        for place, count in turned.items():
            if place is not None and place not in words and count >= _FEWEST_TURNED:
                words[place] = Words(NOTHING_READ, doubt="unread")
    return grid, words


def _doubted(table: _Worded, characters: Sequence[Character], doubt: Doubt) -> _Worded:
    """Put the cells in doubt that characters stand in."""
    if not characters:
        return table
    grid, words = table
    at = {grid.index_at((c.left + c.right) / 2, c.baseline - _ABOVE_BASELINE * c.size) for c in characters}
    doubted = {
        index: each._replace(doubt=doubt) for index, each in words.items() if index in at and not each.doubt
    }
    return grid, {**words, **doubted}


def _is_unparted(cells: Mapping[int, tuple[Line, ...]]) -> bool:
    """Whether the rules of a table part its rows alone: several figures stand side by side in many cells."""
    rows = sum(
        any(sum(map(is_money_shaped, line.text.split())) > 1 for line in printed)
        for printed in cells.values()
    )
    return rows >= _FEWEST_UNPARTED and 2 * rows > len(cells) / 2


def _is_one_of(grid: RuledGrid, others: Sequence[RuledGrid]) -> bool:
    return any(
        abs(grid.box.top - other.box.top) < 1 and abs(grid.box.left - other.box.left) < 1 for other in others
    )


def _stands_aside(grid: RuledGrid, index: int, printed: Sequence[Line]) -> bool:
    """Whether a figure stands in another column than the first of those that its cell is merged over."""
    cell = grid.cells[index]
    if cell.column_span < 2 or len(printed) != 1 or not is_amount(printed[0].text):
        return False
    box = printed[0].box
    edges = grid.columns[cell.column : cell.column + cell.column_span + 1]
    return any(left < box.left and box.right < right for left, right in pairwise(edges[1:]))


def _cut(grid: RuledGrid, cells: Mapping[int, tuple[Line, ...]], around: Sequence[Character]) -> set[int]:
    """The cells with a figure that runs over an edge, so that some of its digits may be in the next cell.

    Where it is a code that is cut, nobody can say what the figures beside it are of.
    """
    cut = set(_reached_from_outside(grid, cells, around))
    for index, printed in cells.items():
        box = grid.cells[index].box
        for line in printed:
            if line.text[-1:].isdigit() and line.box.right > box.right - _AT_EDGE:
                cut.add(index)
            if line.text[:1].isdigit() and line.box.left < box.left - _OVER_EDGE:
                cut.add(index)
            if line.text[-1:] in _OF_FIGURES and line.box.right > box.right - _NEAR_EDGE:
                beside = grid.index_at(box.right + 1, line.baseline - 1)
                if beside is not None and any(
                    _goes_on(line, other) for other in cells.get(beside, ()) if beside != index
                ):
                    cut |= {index, beside}
    rows = {grid.cells[index].row for index in cut if joined(cells[index]).isdigit()}
    return cut | {index for index in cells if grid.cells[index].row in rows} if rows else cut


def _reached_from_outside(
    grid: RuledGrid, cells: Mapping[int, tuple[Line, ...]], around: Sequence[Character]
) -> Iterator[int]:
    """The cells at the edge of a table with a figure of which some digits stand outside."""
    left, right = grid.columns[0], grid.columns[-1]
    for character in around:
        if character.text not in _OF_FIGURES:
            continue
        near, em = character.baseline - _ABOVE_BASELINE * character.size, character.size
        is_before = left - em < character.right < left + em
        if not is_before and not right - em < character.left < right + em:
            continue
        index = grid.index_at(left + 1 if is_before else right - 1, near)
        if index is None:
            continue
        for line in cells.get(index, ()):
            gap = line.box.left - character.right if is_before else character.left - line.box.right
            end = line.text[:1] if is_before else line.text[-1:]
            if abs(line.baseline - character.baseline) < 1 and end in _OF_FIGURES and gap < _TOUCHING * em:
                yield index


def _goes_on(line: Line, other: Line) -> bool:
    """Whether a line in the next cell begins where one ends, as the digits of one figure do."""
    gap = other.box.left - line.box.right
    return (
        abs(other.baseline - line.baseline) < 1
        and other.text[:1] in _OF_FIGURES
        and gap < _OF_ONE_FIGURE * (line.box.bottom - line.box.top)
    )
