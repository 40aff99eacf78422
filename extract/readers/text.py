"""Text documents: lines of prose, and grids whose rows are lines with tab-separated fields."""

from __future__ import annotations

from itertools import groupby

from extract.blocks import Block, Cell, Grid, Illegible, Text
from extract.readers.delimited import read_delimited
from extract.readers.headings import heading_level

_ILLEGIBLE = "[illegible]"


def read_text(text: str) -> tuple[Block, ...]:
    r"""Split decoded text into blocks.

    Lines are split at ``"\n"`` alone and numbered from 1; fields at tabs, numbered from 0. Adjacent lines
    with tabs are one grid. Blank lines separate blocks and are not blocks themselves. A text without tabs may
    be a table with commas, see :mod:`extract.readers.delimited`.
    """
    if "\t" not in text:
        table = read_delimited(text)
        if table is not None:
            return table
    lines = [(number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"), start=1)]
    blocks: list[Block] = []
    for has_tabs, group in groupby(lines, key=lambda numbered: "\t" in numbered[1]):
        if has_tabs:
            blocks.append(Grid(tuple(_row(number, line) for number, line in group)))
        else:
            blocks.extend(_block(number, line.strip()) for number, line in group if line.strip())
    return tuple(blocks)


def _row(number: int, line: str) -> tuple[Cell, ...]:
    return tuple(Cell(field.strip(), number, position) for position, field in enumerate(line.split("\t")))


def _block(number: int, line: str) -> Block:
    if line == _ILLEGIBLE:
        return Illegible(number)
    return Text(line, number, level=heading_level(line))
