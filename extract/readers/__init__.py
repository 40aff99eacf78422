"""Readers: any format to the same blocks. One module per format, one face: :func:`read_blocks`.

A reader is imported when the first document of its format comes: the libraries for workbooks and PDF take
longer to load than most documents take to read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extract.blocks import Block, Grid, texts_of
from extract.readers.broken_bytes import caveat_of, with_doubts
from extract.readers.encoding import Decoded, decode
from extract.readers.laid_out import PrintedPage, pages_of
from extract.readers.office import read_through_office
from extract.readers.reading import (
    MOST_CELLS,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    ReadBlocks,
    UnreadableDocumentError,
)
from extract.readers.refused import REFUSALS
from extract.readers.text import read_text

__all__ = [
    "PrintedPage",
    "ReadBlocks",
    "UnreadableDocumentError",
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
    if media_type == "application/octet-stream":
        raise UnreadableDocumentError("its bytes are of no format that is known; it is probably damaged")
    if reader is None:
        raise UnreadableDocumentError(
            f"no reader for {media_type}; PDF, OFD, workbooks, Word, web pages, pictures and text can be read"
        )
    read = reader(data)
    if not read.blocks:
        raise UnreadableDocumentError(_nothing_in(media_type))
    _refuse_what_no_disclosure_has(read.blocks)
    return read


def _refuse_what_no_disclosure_has(blocks: Sequence[Block]) -> None:
    """Refuse what would take long to understand and cannot be what it should be."""
    rows = [row for block in blocks if isinstance(block, Grid) for row in block.rows]
    cells = sum(map(len, rows))
    if cells > MOST_CELLS:
        raise UnreadableDocumentError(
            f"the document has {cells:,} cells in its tables; at most {MOST_CELLS:,} are read, "
            "and no disclosure has a tenth of them"
        )
    columns = max(map(len, rows), default=0)
    if columns > MOST_COLUMNS:
        raise UnreadableDocumentError(
            f"a table of the document has {columns:,} columns; at most {MOST_COLUMNS:,} are read, "
            "and no disclosure has a tenth of them"
        )
    characters = max(map(len, texts_of(blocks)), default=0)
    if characters > MOST_CHARACTERS:
        raise UnreadableDocumentError(
            f"a line or cell of the document has {characters:,} characters; at most {MOST_CHARACTERS:,} are "
            "read, and no disclosure has a tenth of them"
        )


def _nothing_in(media_type: str) -> str:
    """Why nothing was read of a document of a type, in words one can act on."""
    if media_type.startswith("image/"):
        return "no text was recognised in the picture; scan it again, larger and upright"
    if media_type in ("application/pdf", "application/ofd"):
        return (
            "no text was found or recognised on its pages; open it and see whether anything is printed there"
        )
    if "sheet" in media_type or "excel" in media_type:
        return "no visible sheet of the workbook holds anything"
    return "the file holds only white space"


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
    blocks = with_doubts(read_text(decoded.text), everywhere=False)
    return ReadBlocks(blocks, decoded.encoding, caveat=caveat_of(decoded.text))


def _read_pdf(data: bytes) -> ReadBlocks:
    from extract.readers.pdf import read_pdf

    return read_pdf(data)


def _read_ofd(data: bytes) -> ReadBlocks:
    from extract.readers.ofd import read_ofd

    return read_ofd(data)


def _read_xlsx(data: bytes) -> ReadBlocks:
    from extract.readers.spreadsheet import read_xlsx_workbook

    return read_xlsx_workbook(data)


def _read_xls(data: bytes) -> ReadBlocks:
    from extract.readers.spreadsheet import read_xls_workbook

    return read_xls_workbook(data)


def _read_ods(data: bytes) -> ReadBlocks:
    from extract.readers.spreadsheet import read_ods_workbook

    return read_ods_workbook(data)


def _read_word(data: bytes) -> ReadBlocks:
    from extract.readers.word import read_word

    return read_word(data)


def _read_web(data: bytes) -> ReadBlocks:
    from extract.readers.web import read_web

    return read_web(data)


def _read_image(data: bytes) -> ReadBlocks:
    from extract.readers.scan import read_image

    return read_image(data)


_READERS: dict[str, Callable[[bytes], ReadBlocks]] = {
    "text/plain": _read_plain_text,
    "application/pdf": _read_pdf,
    "application/ofd": _read_ofd,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _read_xlsx,
    "application/vnd.ms-excel": _read_xls,
    "application/vnd.oasis.opendocument.spreadsheet": _read_ods,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _read_word,
    "text/html": _read_web,
    "multipart/related": _read_web,
    "application/msword": read_through_office("the old Word format (.doc, .wps)", ".doc"),
    "application/rtf": read_through_office("rich text (.rtf)", ".rtf"),
    "application/vnd.oasis.opendocument.text": read_through_office("OpenDocument text (.odt)", ".odt"),
    "image/png": _read_image,
    "image/jpeg": _read_image,
    "image/tiff": _read_image,
    "image/bmp": _read_image,
    "image/x-ms-bmp": _read_image,
    "image/gif": _read_image,
    "image/webp": _read_image,
    **REFUSALS,
}
