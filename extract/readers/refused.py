"""Formats that are known and not read, and what to do about each."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import NoReturn

from extract.readers.reading import UnreadableDocumentError

_HEAD = 512  # bytes of an OLE file
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
    if _is_cut_short(data):
        raise UnreadableDocumentError("it is an office document that is cut short; download it again")
    raise UnreadableDocumentError(
        "it is an OLE file of an office program that is not known; save it as .xlsx, .docx or PDF"
    )


def _is_cut_short(data: bytes) -> bool:
    """Whether the directory that the head of an OLE file points to lies behind its end."""
    if len(data) < _HEAD:
        return True
    shift, directory = struct.unpack_from("<H", data, 30)[0], struct.unpack_from("<I", data, 48)[0]
    return bool((directory + 2) << min(shift, 12) > len(data))


_PACKED = {
    "a RAR archive (.rar)": ("application/vnd.rar", "application/x-rar", "application/x-rar-compressed"),
    "a 7-Zip archive (.7z)": ("application/x-7z-compressed",),
}
REFUSALS: dict[str, Callable[[bytes], NoReturn]] = {
    "application/x-ole-storage": refuse_ole,
    "application/vnd.ms-excel.xml": refuse(
        "it is a workbook saved as XML (Excel 2003); open it and save it as .xlsx"
    ),
    "application/vnd.ms-word.xml": refuse(
        "it is a Word document saved as XML (Word 2003); open it and save it as .docx"
    ),
    **{
        media_type: refuse(
            f"{name} is not read: unpack it and give what is inside, or pack it as .zip, which is opened"
        )
        for name, media_types in _PACKED.items()
        for media_type in media_types
    },
    **dict.fromkeys(
        (
            "application/zip",
            "application/gzip",
            "application/x-gzip",
            "application/x-tar",
        ),
        refuse("an archive is not read as a document; unpack it into the source (a .zip there is opened)"),
    ),
}
