"""What was recognised in the picture of a page, held against the text that a scanner laid over it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extract.blocks import Block, Cell, Grid
from extract.folding import fold_number
from extract.numerals import is_numeric_cell
from extract.readers.pdf.content import Character
from extract.readers.pdf.lines import joined, lines


def held_against(blocks: Iterable[Block], layer: Sequence[Character]) -> Iterator[Block]:
    """Mark the figures where text layer and picture disagree."""
    by_baseline = sorted(layer, key=lambda character: character.baseline)
    baselines = [character.baseline for character in by_baseline]
    for block in blocks:
        if isinstance(block, Grid):
            yield replace(
                block,
                rows=tuple(
                    tuple(_marked(cell, by_baseline, baselines) for cell in row) for row in block.rows
                ),
            )
        else:
            yield block


def _marked(cell: Cell, layer: Sequence[Character], baselines: Sequence[float]) -> Cell:
    if cell.box is None or not is_numeric_cell(cell.text):
        return cell
    within = [
        character
        for character in layer[
            bisect_left(baselines, cell.box.top) : bisect_right(baselines, cell.box.bottom)
        ]
        if cell.box.left <= (character.left + character.right) / 2 <= cell.box.right
    ]
    said = fold_number(joined(lines(within)))
    return cell._replace(doubt="text_layer") if said and said != fold_number(cell.text) else cell
