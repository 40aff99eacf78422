"""A copy of a PDF with an annotation on every figure that something is said of."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from contextlib import closing

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.readers.pdf.pdfium import frame_of
from orchestration.checking.evidence import Box
from orchestration.reports.entries import Entry
from orchestration.reports.notes import AUTHOR, Note, marks_in, notes_by_place
from orchestration.reports.words import Language

_COLOURS: Mapping[str, tuple[int, int, int]] = {
    "suspect": (179, 38, 30),
    "cited": (154, 103, 0),
    "term": (11, 87, 208),
}
_OPAQUE = 255
_INDENT = 6.0  # points, of a rectangle around a page of which nothing closer is known


def marked_pdf(original: bytes, document_id: str, entries: Sequence[Entry], language: Language) -> bytes:
    """The same PDF with squares on what entries cite in it; everything else of it is as it was."""
    notes = notes_by_place(
        (
            ((mark.place.page_no, (mark.place.box, *mark.more)), entry, mark)
            for entry, mark in marks_in(entries, document_id)
            if mark.place.page_no is not None
        ),
        language,
    )
    held = io.BytesIO()
    with closing(pdfium.PdfDocument(original)) as document:
        for (page_no, boxes), note in notes.items():
            with closing(document[page_no - 1]) as page:
                for box in boxes:
                    _annotate(page, box, note)
        document.save(held)
    return held.getvalue()


def _annotate(page: pdfium.PdfPage, box: Box | None, note: Note) -> None:
    left, bottom, right, top = _on_paper(page, box)
    annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_SQUARE)
    try:
        rectangle = raw.FS_RECTF(left=left, bottom=bottom, right=right, top=top)
        raw.FPDFAnnot_SetRect(annotation, rectangle)
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *_COLOURS[note.role], _OPAQUE)
        raw.FPDFAnnot_SetBorder(annotation, 0, 0, 1.5)
        for key, text in ((b"Contents", note.says), (b"T", AUTHOR)):
            raw.FPDFAnnot_SetStringValue(annotation, key, _wide(text))
        raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_PRINT)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _wide(text: str) -> raw.FPDF_WIDESTRING:
    """Text as pdfium takes it: UTF-16, little-endian, ended by a zero."""
    held = (text + "\0").encode("utf-16-le")
    return (raw.FPDF_WCHAR * (len(held) // 2)).from_buffer_copy(held)


def _on_paper(page: pdfium.PdfPage, box: Box | None) -> Box:
    """Turn a rectangle of the page as it was read into the file's: left, bottom, right, top."""
    frame = frame_of(page)
    if box is None:
        width, height = frame.size
        box = (_INDENT, _INDENT, width - _INDENT, height - _INDENT)
    left, top, right, bottom = box
    (xa, ya), (xb, yb) = frame.on_paper(left, top), frame.on_paper(right, bottom)
    return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)
