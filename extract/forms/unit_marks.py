"""What looks like a unit of money, understood or not: where nothing does, the publisher printed none."""

from __future__ import annotations

from collections.abc import Iterable

from extract.blocks import Grid
from extract.folding import fold
from extract.numerals import is_numeric_cell
from extract.remembered import remembered
from extract.vocabulary import Vocabulary

_LONGEST = 40  # characters of a line that may be a caption
_SENTENCE = frozenset("，。；")


@remembered(1 << 14)
def looks_like_unit(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line or cell holds anything like a unit of money (``caption_patterns.csv``, unit_mark).

    Sentences speak of money in a unit of their own.
    """
    if len(text) > _LONGEST or _SENTENCE & set(text):
        return False
    folded = fold(text)
    return any(pattern.search(folded) for pattern in vocabulary.unit_marks)


def has_unit_cell(grids: Iterable[Grid], vocabulary: Vocabulary) -> bool:
    """Whether a cell that is no figure looks like a unit of money."""
    return any(
        looks_like_unit(cell.text, vocabulary)
        for grid in grids
        for row in grid.rows
        for cell in row
        if cell.text and not is_numeric_cell(cell.text)
    )
