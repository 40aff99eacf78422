"""Other documents that a Word document takes in where it is opened (``w:altChunk``), as converters write."""

from __future__ import annotations

from collections.abc import Callable

from extract.media_type import HTML, MHTML, TEXT, WORD, media_type
from extract.readers.encoding import decode
from extract.readers.flow import Item, Missing
from extract.readers.reading import UnreadableDocumentError
from extract.readers.web import items_of


def chunk_of(data: bytes, read_word: Callable[[bytes], list[Item]]) -> list[Item]:
    """What a chunk shows. One that cannot be read is missing where it stands."""
    try:
        kind = media_type(data)
        if kind in (HTML, MHTML):
            return items_of(data)
        if kind == WORD:
            return read_word(data)
        if kind == TEXT:
            return list(decode(data).text.splitlines())
    except (UnreadableDocumentError, ValueError):
        pass
    return [Missing()]
