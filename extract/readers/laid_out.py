"""Blocks as the lines a person would read, each at the place that records give for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from extract.blocks import Block, Grid, Text


class PrintedPage(NamedTuple):
    """The lines of one page or sheet; of a document without pages all lines, and no number.

    Line 1 is the first of ``lines``; fields of a row are parted by tabs.
    """

    page_no: int | None
    lines: tuple[str, ...]


def pages_of(blocks: Iterable[Block]) -> tuple[PrintedPage, ...]:
    """Lay blocks out as lines again, page by page."""
    pages: defaultdict[int | None, defaultdict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for block in blocks:
        if isinstance(block, Grid):
            for cell in (cell for row in block.rows for cell in row):
                pages[cell.page_no][cell.line_no][cell.field_no] = cell.text
        elif isinstance(block, Text):
            fields = pages[block.page_no][block.line_no]
            fields[max(fields, default=-1) + 1] = block.text
    return tuple(
        PrintedPage(page_no, tuple(_line(lines.get(number, {})) for number in range(1, max(lines) + 1)))
        for page_no, lines in pages.items()
    )


def _line(fields: dict[int, str]) -> str:
    return "\t".join(fields.get(number, "") for number in range(max(fields, default=-1) + 1))
