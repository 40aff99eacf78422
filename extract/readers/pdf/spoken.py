"""Text that is said instead of what is drawn (ActualText): figures are read as they are drawn."""

from __future__ import annotations

import ctypes
import re

import pypdfium2 as pdfium
from pypdfium2 import raw

_SAID = re.compile(rb"/ActualText\s*(?:\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL)
_DIGIT = re.compile(rb"[0-9]")
_DEPTH = 8  # of drawings within drawings


def says_digits(drawing: bytes) -> bool:
    """Whether what draws a page gives out digits for what it draws."""
    for text, code in _SAID.findall(drawing):
        said = text or bytes.fromhex((code + b"0" * (len(b"".join(code.split())) % 2)).decode())
        if _DIGIT.search(said):
            return True
    return False


def without_spoken_digits(page: pdfium.PdfPage) -> None:
    """Have a page's text say what is drawn, where digits are said instead of it."""
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,), max_depth=_DEPTH):
        for number in reversed(range(max(0, raw.FPDFPageObj_CountMarks(item)))):
            mark = raw.FPDFPageObj_GetMark(item, number)
            if _DIGIT.search(_said(mark)):
                raw.FPDFPageObj_RemoveMark(item, mark)


def _said(mark: raw.FPDF_PAGEOBJECTMARK) -> bytes:
    length = ctypes.c_ulong()
    if not raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, length) or not length.value:
        return b""
    space = (ctypes.c_ushort * (length.value // 2 + 1))()
    if not raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", space, ctypes.sizeof(space), length):
        return b""
    return bytes(space)[: length.value]
