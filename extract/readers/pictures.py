"""Pictures in Word documents and workbooks, read where the ``ocr`` extra is installed, else illegible."""

from __future__ import annotations

from dataclasses import replace

from extract.blocks import Block, Grid, Text
from extract.blocks import Illegible as IllegiblePlace
from extract.readers.scan import is_installed, recognised_in

_SMALLEST_BYTES = 3_000  # a line, a bullet; a table of a few figures has more


def blocks_of_picture(data: bytes, above: int, page_no: int | None = None) -> tuple[Block, ...]:
    """Read a picture below line ``above``; nothing of what is neither a table nor a page of text."""
    if len(data) < _SMALLEST_BYTES:
        return ()
    if not is_installed():
        return (IllegiblePlace(above + 1, page_no),)
    return tuple(_placed(block, above, page_no) for block in recognised_in(data))


def last_line(blocks: tuple[Block, ...], otherwise: int) -> int:
    """The last line that blocks stand on."""
    lines = [
        line
        for block in blocks
        for line in (
            [row[0].line_no for row in block.rows if row] if isinstance(block, Grid) else [block.line_no]
        )
    ]
    return max(lines, default=otherwise)


def _placed(block: Block, above: int, page_no: int | None) -> Block:
    if isinstance(block, Grid):
        rows = tuple(
            tuple(cell._replace(line_no=cell.line_no + above, page_no=page_no, box=None) for cell in row)
            for row in block.rows
        )
        return replace(block, rows=rows, column_edges=None)
    if isinstance(block, Text):
        return replace(block, line_no=block.line_no + above, page_no=page_no, box=None)
    return replace(block, line_no=block.line_no + above, page_no=page_no)
