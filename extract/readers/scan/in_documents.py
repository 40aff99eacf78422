"""Pictures inside documents that are not scans: of tables or pages of text, not seals and photographs."""

from __future__ import annotations

from extract.blocks import Grid, Illegible, Text
from extract.readers.reading import UnreadableDocumentError
from extract.readers.scan.image import decoded
from extract.readers.scan.page import picture_blocks

_MOST_PIXELS = 100_000_000
_DOTS_AN_INCH = 200
_SHORTER_SIDE = 120  # dots; a line of a table is some 30 high
_LONGER_SIDE = 300
_FEWEST_LINES = 3  # a seal and a logo have one or two


def recognised_blocks(data: bytes) -> tuple[Text | Grid | Illegible, ...]:
    """Read a picture that shows a grid or lines of text; nothing of any other picture.

    Lines are numbered from 1 within each page of the picture. A picture in a format that is not read is
    illegible.
    """
    try:
        pages = list(decoded(data, _MOST_PIXELS, _DOTS_AN_INCH))
    except UnreadableDocumentError:
        return (Illegible(1),)
    found: list[Text | Grid | Illegible] = []
    for picture, dots in pages:
        if min(picture.shape) < _SHORTER_SIDE or max(picture.shape) < _LONGER_SIDE:
            continue
        blocks = picture_blocks(picture, dots, 1)
        if any(isinstance(block, Grid) for block in blocks) or len(blocks) >= _FEWEST_LINES:
            found.extend(blocks)
    return tuple(found)
