"""Characters to lines of text: by their baselines, since boxes differ from font to font.

In a line that mixes fonts, digits and Chinese share a baseline while the tops of their boxes are up to 0.4 em
apart; lines made by boxes tear figures out of their sentences (measured: 82 orphaned figures in one document
of 25 pages, none by baselines).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from extract.blocks import Box
from extract.readers.pdf.content import Character
from extract.readers.wrapping import join_lines

_SAME_LINE = 0.3  # em between baselines that are one
_SPACE = 0.21  # of the height of a box, which is about 1.2 em, between characters that a space parts
_SMALL = 0.78  # of the size of the character beside
_OVERPRINT = 0.15  # em between the two printings of a character that is printed twice to look bold

_baseline, _left = attrgetter("baseline"), attrgetter("left")


class Line(NamedTuple):
    """One printed line."""

    text: str
    box: Box
    baseline: float
    has_seam: bool = False  # digits of two sizes meet: perhaps a figure and the mark of a note


def lines(characters: Iterable[Character]) -> tuple[Line, ...]:
    """Join characters to lines, from top to bottom."""
    return tuple(line_of(row) for row in _rows(sorted(characters, key=_baseline)))


def rows_of_characters(characters: Iterable[Character]) -> list[list[Character]]:
    """Characters by the lines they stand in, from top to bottom."""
    return list(_rows(sorted(characters, key=_baseline)))


def joined(printed: Iterable[Line]) -> str:
    """The text of one cell, its lines joined as wrapped text is."""
    return join_lines("\n".join(line.text for line in printed))


def _rows(by_baseline: Sequence[Character]) -> Iterator[list[Character]]:
    row: list[Character] = []
    for character in by_baseline:
        if row and character.baseline - row[-1].baseline > _SAME_LINE * min(character.size, row[-1].size):
            yield row
            row = []
        row.append(character)
    if row:
        yield row


def line_of(row: list[Character]) -> Line:
    """One row of characters as a line."""
    row.sort(key=_left)
    parts: list[str] = []
    before: Character | None = None
    has_seam = False
    for character in row:
        if before is not None:
            em = min(before.size, character.size)
            if character.text == before.text and character.left - before.left < _OVERPRINT * em:
                continue
            if character.left - before.right > _SPACE * em:
                parts.append(" ")
            elif em < _SMALL * max(before.size, character.size):
                has_seam = has_seam or (before.text.isdigit() and character.text.isdigit())
        parts.append(character.text)
        before = character
    box = Box(
        row[0].left, min([c.top for c in row]), max([c.right for c in row]), max([c.bottom for c in row])
    )
    return Line("".join(parts), box, row[-1].baseline, has_seam)
