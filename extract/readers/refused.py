"""Formats that are known and not read, and what to do about each."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from extract.readers.reading import UnreadableDocumentError

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def refuse(reason: str) -> Callable[[bytes], NoReturn]:
    """Give a reader that refuses every document for one reason."""

    def reader(data: bytes) -> NoReturn:
        raise UnreadableDocumentError(reason)

    return reader


def refuse_ole(data: bytes) -> NoReturn:
    """Refuse an OLE file that is neither a workbook nor a Word document."""
    if _ENCRYPTED in data:
        raise UnreadableDocumentError("the document is locked by a password; save it without one")
    raise UnreadableDocumentError(
        "it is an OLE file of an office program that is not known; save it as .xlsx, .docx or PDF"
    )


REFUSALS: dict[str, Callable[[bytes], NoReturn]] = {
    "multipart/related": refuse(
        "a web archive (.mht, MHTML) is not read; "
        "save the page as HTML, or open it in Word and save it as .docx"
    ),
    "application/x-ole-storage": refuse_ole,
    **dict.fromkeys(
        (
            "application/zip",
            "application/vnd.rar",
            "application/x-rar",
            "application/x-rar-compressed",
            "application/x-7z-compressed",
            "application/gzip",
            "application/x-tar",
        ),
        refuse("an archive is not read as a document; unpack it into the source (a .zip there is opened)"),
    ),
}
