"""Scanned pages: rules by OpenCV, the text of each cell recognised by itself.

The libraries are those of the ``ocr`` extra, and are imported when the first page needs them.
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from extract.blocks import Grid, Text
from extract.readers.reading import ReadBlocks, UnreadableDocumentError

if TYPE_CHECKING:
    import pypdfium2 as pdfium

__all__ = ["WHY_NOT_RECOGNISED", "is_installed", "read_image", "rendered_blocks"]

WHY_NOT_RECOGNISED = (
    "its pages are pictures without text; install the ocr extra (make setup does), which recognises them"
)
_DOTS_AN_INCH = 200  # of a page of A4 1,650 by 2,340, from which 952 of 952 figures were read right
_MOST_DOTS = 6_000  # along the longer side; a larger page is rendered coarser
_MOST_PIXELS = 100_000_000  # of a picture file; A4 at 600 dots an inch has 35 million
_NEEDED = ("cv2", "numpy", "onnxruntime", "rapidocr")


def is_installed() -> bool:
    """Whether the libraries of the ``ocr`` extra are there."""
    return all(importlib.util.find_spec(name) is not None for name in _NEEDED)


def rendered_blocks(page: pdfium.PdfPage, page_no: int) -> tuple[Text | Grid, ...]:
    """Read a page of a PDF as the picture it is."""
    import numpy as np

    from extract.readers.scan.page import POINTS_AN_INCH, picture_blocks

    longest = max(page.get_size())
    dots_an_inch = min(_DOTS_AN_INCH, _MOST_DOTS * POINTS_AN_INCH / longest)
    bitmap = page.render(scale=dots_an_inch / POINTS_AN_INCH, grayscale=True)
    picture = bitmap.to_numpy()
    return picture_blocks(np.ascontiguousarray(picture.reshape(picture.shape[:2])), dots_an_inch, page_no)


def read_image(data: bytes) -> ReadBlocks:
    """Read a disclosure published as a picture (PNG, JPEG, TIFF) of one page.

    Raises:
        UnreadableDocumentError: without the ``ocr`` extra, and for a picture that is damaged or too large.
    """
    if not is_installed():
        raise UnreadableDocumentError(WHY_NOT_RECOGNISED)
    from extract.readers.scan.image import decoded
    from extract.readers.scan.page import picture_blocks

    picture, dots_an_inch = decoded(data, _MOST_PIXELS)
    return ReadBlocks(picture_blocks(picture, dots_an_inch, 1), page_count=1)
