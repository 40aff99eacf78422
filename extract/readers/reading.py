"""What a reader of any format gives, and how it refuses."""

from __future__ import annotations

from typing import NamedTuple

from extract.blocks import Block

MOST_COLUMNS = 1_000  # of one table, as HTML allows a cell to span; the widest form seen has some 40
MOST_CHARACTERS = 50_000  # of one line or cell; the whole text of most disclosures is shorter
MOST_CELLS = 400_000  # of a document's tables; the largest disclosure seen has some 30,000


class UnreadableDocumentError(ValueError):
    """A document cannot be read; the message says why, in words an operator can act on."""


class ReadBlocks(NamedTuple):
    """Blocks in reading order, and what is known of the file as a whole."""

    blocks: tuple[Block, ...]
    encoding: str | None = None  # of text and web pages
    page_count: int | None = None  # pages, or sheets of a workbook
    caveat: str | None = None  # why parts were read another way than the file means them to be
