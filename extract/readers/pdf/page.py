"""One page's content to blocks: characters to the cells they stand in, the others to lines around."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from extract.blocks import Doubt, Grid, Text
from extract.readers.assembly import PrintedLine, Words, assembled
from extract.readers.pdf.content import Character, PageContent
from extract.readers.pdf.lines import Line, joined, lines
from extract.readers.pdf.notes import without_notes
from extract.readers.pdf.stacked import is_glued, rules_between
from extract.readers.pdf.struck import without_struck
from extract.readers.pdf.unruled import unruled_tables
from extract.readers.ruled import RuledGrid, ruled_grids

_ABOVE_BASELINE = 0.3  # em; a point inside every character, also one whose box is wrong


def page_blocks(
    content: PageContent, page_no: int, before: Sequence[float] | None = None
) -> tuple[Text | Grid, ...]:
    """Give a page's blocks from top to bottom, see :func:`extract.readers.assembly.assembled`.

    ``before`` are the edges of the columns of the table that ended the page before: one that is not ruled may
    go on in the same columns.
    """
    grids = ruled_grids(content.rules)
    characters = without_struck(without_notes(content.characters), content.rules, grids)
    inside, around = _placed(characters, grids)
    more = rules_between(grids, inside, content.rules)
    if more:
        grids = ruled_grids((*content.rules, *more))
        inside, around = _placed(characters, grids)
    aligned, around = unruled_tables(around, content.rules, before)
    return assembled(
        [
            *(
                (grid, {index: _words(printed, content) for index, printed in cells.items()})
                for grid, cells in zip(grids, inside, strict=True)
            ),
            *aligned,
        ],
        [PrintedLine(Words(line.text), line.box, line.baseline) for line in lines(around)],
        page_no,
    )


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


def _words(printed: Sequence[Line], content: PageContent) -> Words:
    doubt: Doubt | None = "hidden" if content.is_unpainted else None
    if len(printed) > 1 and is_glued(printed):
        doubt = doubt or "glued"
    return Words(joined(printed), doubt=doubt)
