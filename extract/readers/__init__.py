"""Readers: any format to the same blocks. One module per format, one face: :func:`read_blocks`."""

from __future__ import annotations

from collections.abc import Callable

from extract.readers.encoding import decode
from extract.readers.reading import ReadBlocks, UnreadableDocumentError
from extract.readers.refused import REFUSALS
from extract.readers.spreadsheet import read_ods_workbook, read_xls_workbook, read_xlsx_workbook
from extract.readers.text import read_text
from extract.readers.web import attachments, read_web
from extract.readers.word import read_word

__all__ = ["ReadBlocks", "UnreadableDocumentError", "attachments", "read_blocks", "text_lines"]


def read_blocks(data: bytes, media_type: str) -> ReadBlocks:
    """Read a document's bytes as blocks.

    Raises:
        UnreadableDocumentError: for an empty file, a media type no reader handles, or bytes that the reader
            of their format cannot read, or of which it reads nothing.
    """
    if not data:
        raise UnreadableDocumentError("the file is empty (zero bytes)")
    reader = _READERS.get(media_type)
    if reader is None:
        raise UnreadableDocumentError(f"no reader for {media_type}; text disclosures (.txt) can be read")
    read = reader(data)
    if not read.blocks:
        raise UnreadableDocumentError("the file holds only white space")
    return read


def text_lines(data: bytes) -> list[str]:
    r"""Give the decoded text as lines split at ``"\n"`` alone, as places count them.

    Raises:
        ValueError: when the bytes are not text.
    """
    return decode(data).text.split("\n")


def _read_plain_text(data: bytes) -> ReadBlocks:
    try:
        decoded = decode(data)
    except ValueError as error:
        raise UnreadableDocumentError(str(error)) from error
    return ReadBlocks(read_text(decoded.text), decoded.encoding)


_READERS: dict[str, Callable[[bytes], ReadBlocks]] = {
    "text/plain": _read_plain_text,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": read_xlsx_workbook,
    "application/vnd.ms-excel": read_xls_workbook,
    "application/vnd.oasis.opendocument.spreadsheet": read_ods_workbook,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": read_word,
    "text/html": read_web,
    **REFUSALS,
}
