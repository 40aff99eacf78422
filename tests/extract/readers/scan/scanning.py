"""Scans made from digital pages: the picture, what a scanner does to it, and how what is read compares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import cv2
import numpy as np
import pypdfium2 as pdfium

from extract.blocks import Block, Cell, Grid
from extract.folding import fold_number
from extract.numerals import is_numeric_cell
from extract.readers.scan.picture import Picture

DOTS_AN_INCH = 200


class Wear(NamedTuple):
    """What a scanner does to a page: degrees it lies askew, blur and noise in grey values, JPEG's quality."""

    skew: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    quality: int | None = None
    coarser: float = 1.0  # the share of the dots an inch that are left


CLEAN = Wear()
WORN = Wear(skew=1.0, blur=0.9, noise=12, quality=40)
BAD = Wear(skew=-2.0, blur=1.2, noise=25, quality=20, coarser=0.6)


class Compared(NamedTuple):
    """A numeric cell as printed and as recognised, both folded; blank where there is none."""

    printed: str
    recognised: str
    confidence: float | None

    @property
    def is_right(self) -> bool:
        return self.printed == self.recognised


def rendered(data: bytes, page_no: int, dots_an_inch: int = DOTS_AN_INCH) -> Picture:
    """The picture of a page of a PDF."""
    with pdfium.PdfDocument(data) as document:
        bitmap = document[page_no - 1].render(scale=dots_an_inch / 72, grayscale=True)
        picture = bitmap.to_numpy()
        return np.ascontiguousarray(picture.reshape(picture.shape[:2]))


def worn(picture: Picture, wear: Wear) -> Picture:
    """The same page as a worse scanner gives it, in the same size; always the same noise."""
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), wear.skew, 1)
    worn = cv2.warpAffine(picture, turn, (width, height), borderValue=(255,))
    if wear.coarser < 1:
        worn = cv2.resize(worn, None, fx=wear.coarser, fy=wear.coarser, interpolation=cv2.INTER_AREA)
        worn = cv2.resize(worn, (width, height), interpolation=cv2.INTER_LINEAR)
    if wear.blur:
        worn = cv2.GaussianBlur(worn, (5, 5), wear.blur)
    if wear.noise:
        noise = np.random.default_rng(1).normal(0, wear.noise, worn.shape)
        worn = np.clip(worn + noise, 0, 255).astype(np.uint8)
    if wear.quality is not None:
        _, coded = cv2.imencode(".jpg", worn, [cv2.IMWRITE_JPEG_QUALITY, wear.quality])
        worn = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    return np.asarray(worn, np.uint8)


def cells(blocks: Iterable[Block]) -> Iterator[Cell]:
    """All cells of all grids."""
    return (cell for block in blocks if isinstance(block, Grid) for row in block.rows for cell in row)


def compared(digital: Iterable[Block], scanned: Iterable[Block]) -> list[Compared]:
    """Each numeric cell of a digital page, and each that is numeric only in its scan, by its place."""
    found = [cell for cell in cells(scanned) if cell.text]
    pairs = []
    matched = set()
    for cell in cells(digital):
        index = next((number for number, other in enumerate(found) if _is_at(cell, other)), None)
        matched.add(index)
        other = found[index] if index is not None and cell.text else None
        if is_numeric_cell(cell.text):
            text, confidence = (fold_number(other.text), other.confidence) if other else ("", None)
            pairs.append(Compared(fold_number(cell.text), text, confidence))
        elif index is not None and is_numeric_cell(found[index].text):
            pairs.append(Compared("", fold_number(found[index].text), found[index].confidence))
    pairs += (
        Compared("", fold_number(cell.text), cell.confidence)
        for number, cell in enumerate(found)
        if number not in matched and is_numeric_cell(cell.text)
    )
    return pairs


def _is_at(cell: Cell, other: Cell) -> bool:
    """Whether the middle of one cell lies in the other, and the other is about as large."""
    if cell.box is None or other.box is None:
        return False
    x, y = (cell.box.left + cell.box.right) / 2, (cell.box.top + cell.box.bottom) / 2
    return other.box.left <= x <= other.box.right and other.box.top <= y <= other.box.bottom
