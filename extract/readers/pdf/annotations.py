"""What lies over a page: filled form fields, comments typed onto it, stamps. A person sees them, too."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.readers.pdf.drawings import Area

_UNSEEN = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_TEXT})
_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_MOST = 20_000  # on one page; more are not looked at


class FieldValue(NamedTuple):
    """The value of a form field without an appearance, which viewers draw themselves, and where it stands."""

    text: str
    area: Area


class Over(NamedTuple):
    """Whether something was drawn into a page, which must then be loaded anew, and what could not be."""

    is_drawn: bool
    values: tuple[FieldValue, ...] = ()


def draw_over(page: pdfium.PdfPage) -> Over:
    """Draw what lies over a page into it."""
    count = min(raw.FPDFPage_GetAnnotCount(page.raw), _MOST)
    if not any(_is_seen(page, index) for index in range(count)):
        return Over(is_drawn=False)
    # drawing the page makes the appearance of fields that have none, where the document asks for it
    page.render(scale=0.05, may_draw_forms=False).close()
    values = tuple(value for index in range(count) if (value := _bare_value(page, index)))
    is_drawn = raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS
    return Over(bool(is_drawn), values)


def _is_seen(page: pdfium.PdfPage, index: int) -> bool:
    annotation = raw.FPDFPage_GetAnnot(page.raw, index)
    if not annotation:
        return False
    subtype = raw.FPDFAnnot_GetSubtype(annotation)
    raw.FPDFPage_CloseAnnot(annotation)
    return subtype not in _UNSEEN


def _bare_value(page: pdfium.PdfPage, index: int) -> FieldValue | None:
    annotation = raw.FPDFPage_GetAnnot(page.raw, index)
    if not annotation:
        return None
    try:
        if (
            raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_WIDGET
            or raw.FPDFAnnot_HasKey(annotation, b"AP")
            or raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN
        ):
            return None
        length = raw.FPDFAnnot_GetStringValue(annotation, b"V", None, 0)
        space = (ctypes.c_ushort * (length // 2 + 1))()
        raw.FPDFAnnot_GetStringValue(annotation, b"V", space, length)
        text = bytes(space)[: max(0, length - 2)].decode("utf-16-le", "replace").strip()
        area = raw.FS_RECTF()
        if not text or not raw.FPDFAnnot_GetRect(annotation, area):
            return None
        return FieldValue(text, (area.left, area.bottom, area.right, area.top))
    finally:
        raw.FPDFPage_CloseAnnot(annotation)
