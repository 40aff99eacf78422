"""What a reader of any format gives, and how it refuses."""

from __future__ import annotations

from typing import NamedTuple

from extract.blocks import Block


class UnreadableDocumentError(ValueError):
    """A document cannot be read; the message says why, in words an operator can act on."""


class ReadBlocks(NamedTuple):
    """Blocks in reading order, and the text encoding where there is one."""

    blocks: tuple[Block, ...]
    encoding: str | None = None
