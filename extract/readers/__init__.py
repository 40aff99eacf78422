"""Readers: any format to the same blocks. One module per format, one face: :func:`read_blocks`."""

from __future__ import annotations

from collections.abc import Callable

from extract.readers.encoding import Decoded, decode
from extract.readers.laid_out import PrintedPage, pages_of
from extract.readers.pdf import read_pdf
from extract.readers.reading import ReadBlocks, UnreadableDocumentError
from extract.readers.refused import REFUSALS
from extract.readers.scan import read_image
from extract.readers.spreadsheet import read_ods_workbook, read_xls_workbook, read_xlsx_workbook
from extract.readers.text import read_text
from extract.readers.web import attachments, read_web
from extract.readers.word import read_word

__all__ = [
    "PrintedPage",
    "ReadBlocks",
    "UnreadableDocumentError",
    "attachments",
    "printed_pages",
    "read_blocks",
]


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
        raise UnreadableDocumentError(
            f"no reader for {media_type}; PDF, workbooks, Word, web pages, pictures and text can be read"
        )
    read = reader(data)
    if not read.blocks:
        raise UnreadableDocumentError("the file holds only white space")
    return read


def printed_pages(data: bytes, media_type: str) -> tuple[PrintedPage, ...]:
    """Give a document's lines as places count them, fields parted by tabs; text is one page without a number.

    Raises:
        UnreadableDocumentError: when the document cannot be read.
    """
    if media_type == "text/plain":
        return (PrintedPage(None, tuple(_decoded(data).text.split("\n"))),)
    return pages_of(read_blocks(data, media_type).blocks)


def _decoded(data: bytes) -> Decoded:
    try:
        return decode(data)
    except ValueError as error:
        raise UnreadableDocumentError(str(error)) from error


def _read_plain_text(data: bytes) -> ReadBlocks:
    decoded = _decoded(data)
    return ReadBlocks(read_text(decoded.text), decoded.encoding)


_READERS: dict[str, Callable[[bytes], ReadBlocks]] = {
    "text/plain": _read_plain_text,
    "application/pdf": read_pdf,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": read_xlsx_workbook,
    "application/vnd.ms-excel": read_xls_workbook,
    "application/vnd.oasis.opendocument.spreadsheet": read_ods_workbook,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": read_word,
    "text/html": read_web,
    "image/png": read_image,
    "image/jpeg": read_image,
    "image/tiff": read_image,
    **REFUSALS,
}
