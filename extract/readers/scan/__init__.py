"""Scanned pages: rules by OpenCV, the text of each cell recognised by itself.

The libraries are those of the ``ocr`` extra, and are imported when the first page needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.abilities import scans_are_read as is_installed
from extract.blocks import Grid, Illegible, Text
from extract.page_marks import is_page_mark
from extract.readers.continued import continue_grids
from extract.readers.reading import ReadBlocks, UnreadableDocumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pypdfium2 as pdfium
    from PIL import Image

    from extract.blocks import Box
    from extract.readers.scan.page import PictureParts
    from extract.readers.scan.picture import Picture

__all__ = [
    "DOTS_AN_INCH",
    "WHY_NOT_RECOGNISED",
    "is_installed",
    "read_image",
    "read_pictures",
    "recognised_in",
    "rendered_blocks",
    "shown_at",
    "shows_more_than_text",
]

WHY_NOT_RECOGNISED = (
    "its pages are pictures without text; install the ocr extra (make setup does), which recognises them"
)
DOTS_AN_INCH = 200  # of a page of A4 1,650 by 2,340, from which 952 of 952 figures were read right
_POINTS_AN_INCH = 72
_MOST_PIXELS = 100_000_000  # of a page of a picture file; A4 at 600 dots an inch has 35 million


def rendered_blocks(page: pdfium.PdfPage, page_no: int) -> tuple[Text | Grid, ...]:
    """Read a page of a PDF as the picture it is."""
    import numpy as np

    from extract.readers.scan.page import POINTS_AN_INCH, picture_blocks
    from extract.readers.scan.paper import enlarged, enlargement

    times = enlargement(*page.get_size())
    bitmap = page.render(scale=DOTS_AN_INCH / POINTS_AN_INCH / times, grayscale=True)
    picture = bitmap.to_numpy()
    grey = np.ascontiguousarray(picture.reshape(picture.shape[:2]))
    blocks = picture_blocks(grey, DOTS_AN_INCH, page_no)
    return blocks if times == 1 else enlarged(blocks, times)


def read_pictures(page: pdfium.PdfPage, boxes: Sequence[Box]) -> list[PictureParts]:
    """What the pictures of a digital page show, each that shows a grid or several lines of text.

    ``boxes`` is where they are on the page as it is displayed. The page must be closed after.
    """
    return shown_at(_without_text(page), boxes)


def shown_at(page: Picture | Image.Image, boxes: Sequence[Box]) -> list[PictureParts]:
    """What a grey picture of an upright page shows at each of the boxes; nothing where no text is."""
    import numpy as np

    from extract.readers.scan.embedded import parts_at, shows_text

    picture = np.ascontiguousarray(page)
    scale = DOTS_AN_INCH / _POINTS_AN_INCH
    found = []
    for box in boxes:
        left, top, right, bottom = (max(0, round(edge * scale)) for edge in box)
        part = picture[top:bottom, left:right].copy()
        if shows_text(part, DOTS_AN_INCH):
            found.append(parts_at(part, DOTS_AN_INCH, left / scale, top / scale))
    return found


def shows_more_than_text(page: pdfium.PdfPage) -> bool:
    """Whether what is drawn on a page beside its text shows a table or lines of text."""
    from extract.readers.scan.embedded import shows_text

    return shows_text(_without_text(page), DOTS_AN_INCH)


def _without_text(page: pdfium.PdfPage) -> Picture:
    """A page as a grey picture, without its text."""
    import numpy as np
    from pypdfium2 import raw

    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        drawn = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(drawn) == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_SetIsActive(drawn, False)
    picture = page.render(scale=DOTS_AN_INCH / _POINTS_AN_INCH, grayscale=True).to_numpy()
    return np.ascontiguousarray(picture.reshape(picture.shape[:2]))


def recognised_in(data: bytes) -> tuple[Text | Grid | Illegible, ...]:
    """Read a picture inside another document, see :mod:`extract.readers.scan.in_documents`."""
    from extract.readers.scan.in_documents import recognised_blocks

    return recognised_blocks(data)


def read_image(data: bytes) -> ReadBlocks:
    """Read a disclosure published as a picture: PNG, JPEG, or TIFF of one or more pages.

    Raises:
        UnreadableDocumentError: without the ``ocr`` extra, and for a picture that is damaged or too large.
    """
    if not is_installed():
        raise UnreadableDocumentError(WHY_NOT_RECOGNISED)
    from extract.readers.scan.image import decoded
    from extract.readers.scan.page import picture_blocks

    pages = [
        picture_blocks(picture, dots_an_inch, number)
        for number, (picture, dots_an_inch) in enumerate(decoded(data, _MOST_PIXELS, DOTS_AN_INCH), start=1)
    ]
    return ReadBlocks(continue_grids(pages, is_page_mark), page_count=len(pages))
