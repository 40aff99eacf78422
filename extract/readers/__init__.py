"""Readers: any format to the same blocks. One module per format, one face: :func:`read_blocks`."""

from __future__ import annotations

from typing import NamedTuple

from extract.blocks import Block
from extract.readers.encoding import decode
from extract.readers.text import read_text

__all__ = ["ReadBlocks", "UnreadableDocumentError", "read_blocks", "text_lines"]


class UnreadableDocumentError(ValueError):
    """A document cannot be read; the message says why, in words an operator can act on."""


class ReadBlocks(NamedTuple):
    """Blocks in reading order, and the text encoding where there is one."""

    blocks: tuple[Block, ...]
    encoding: str | None


def read_blocks(data: bytes, media_type: str) -> ReadBlocks:
    """Read a document's bytes as blocks.

    Raises:
        UnreadableDocumentError: for an empty file, a media type no reader handles, or undecodable text.
    """
    if not data:
        raise UnreadableDocumentError("the file is empty (zero bytes)")
    if media_type != "text/plain":
        raise UnreadableDocumentError(f"no reader for {media_type}; text disclosures (.txt) can be read")
    try:
        decoded = decode(data)
    except ValueError as error:
        raise UnreadableDocumentError(str(error)) from error
    blocks = read_text(decoded.text)
    if not blocks:
        raise UnreadableDocumentError("the file holds only white space")
    return ReadBlocks(blocks, decoded.encoding)


def text_lines(data: bytes) -> list[str]:
    r"""Give the decoded text as lines split at ``"\n"`` alone, as places count them.

    Raises:
        ValueError: when the bytes are not text.
    """
    return decode(data).text.split("\n")
