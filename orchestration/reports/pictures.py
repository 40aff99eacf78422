"""Pages of a PDF or a picture file as pictures for a report, and where words stand on them."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from math import inf
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from extract.readers.pdf.frame import Frame
from extract.readers.pdf.pdfium import frame_of
from orchestration.checking.evidence import Box
from orchestration.reports.notes import bare

_WORTH_LOOKING = 110  # dots an inch of a page with findings: its small print can be read
_OVERVIEW = 60
_QUALITY = 45  # of WebP; text stays legible, and thirty pages within a few megabytes
_POINTS = 72
_MOST_HITS = 40
_MOST_BEFORE = 80  # characters
_MOST_PIXELS = 100_000_000  # of a page; what is larger was not read either


class Picture(NamedTuple):
    """One page: its size in points, upright, and a data URI."""

    page_no: int
    width: float
    height: float
    uri: str


class Wanted(NamedTuple):
    """Words to find on a page, the first of several that is there, and what stands before them."""

    page_no: int
    words: tuple[str, ...]
    before: str = ""


def pictures_of(data: bytes, looked_at: frozenset[int]) -> Iterator[Picture]:
    """Every page of a PDF; those in ``looked_at`` larger, and turned as they were read, so that boxes fit."""
    with closing(pdfium.PdfDocument(data)) as document:
        for number, page in enumerate(document, start=1):
            with closing(page):
                if number in looked_at:
                    frame = frame_of(page)
                    turned = (frame.quarter * 90 - page.get_rotation()) % 360
                    shown, size = page.render(scale=_WORTH_LOOKING / _POINTS, rotation=turned), frame.size
                else:
                    shown, size = page.render(scale=_OVERVIEW / _POINTS), page.get_size()
                yield Picture(number, *size, _as_uri(shown.to_pil()))


def pictures_of_image(data: bytes) -> Iterator[Picture]:
    """Every page of a picture file, in the points in which its cells are measured."""
    from extract.readers.scan.image import decoded

    for number, (pixels, dots) in enumerate(decoded(data, _MOST_PIXELS, _WORTH_LOOKING), start=1):
        shown = Image.fromarray(pixels)
        width, height = (size * _POINTS / dots for size in shown.size)
        shown.thumbnail((width / _POINTS * _WORTH_LOOKING, height / _POINTS * _WORTH_LOOKING))
        yield Picture(number, width, height, _as_uri(shown))


def find_words(data: bytes, wanted: Sequence[Wanted]) -> list[tuple[Box, ...]]:
    """The rectangles of each of some words, one a line; none where the page has no such text, as a scan.

    Of several occurrences the one that follows ``before`` most closely is meant, or else the first.
    """
    found: list[tuple[Box, ...]] = [()] * len(wanted)
    with closing(pdfium.PdfDocument(data)) as document:
        for page_no in sorted({each.page_no for each in wanted}):
            if not 1 <= page_no <= len(document):
                continue
            with closing(document[page_no - 1]) as page, closing(page.get_textpage()) as of_page:
                frame, text = frame_of(page), _Text(of_page)
                for number, each in enumerate(wanted):
                    if each.page_no == page_no:
                        found[number] = _best(frame, text, each)
    return found


def _best(frame: Frame, text: _Text, wanted: Wanted) -> tuple[Box, ...]:
    for words in map(bare, wanted.words):
        found = [
            (_distance(text, start, wanted.before), boxes)
            for start in text.hits(words)
            if (boxes := _upright(frame, text.boxes(start, len(words))))
        ]
        if found:
            return min(found, key=lambda each: each[0])[1]
    return ()


def _distance(text: _Text, start: int, before: str) -> float:
    """How many characters behind ``before`` something begins; none where nothing is to stand before it."""
    said = text.said[max(start - _MOST_BEFORE, 0) : start]
    at = said.rfind(bare(before)) if before else -1
    return 0.0 if not before else len(said) - at if at >= 0 else inf


class _Text:
    """The characters of a page without white space: titles are spaced out, figures run over lines."""

    def __init__(self, page: pdfium.PdfTextPage) -> None:
        self._page = page
        signs = ((index, raw.FPDFText_GetUnicode(page, index)) for index in range(page.count_chars()))
        kept = [(index, chr(sign)) for index, sign in signs if sign and not chr(sign).isspace()]
        self._indices = [index for index, _ in kept]
        self.said = "".join(sign for _, sign in kept)

    def hits(self, words: str) -> Iterator[int]:
        """Where some words begin, which no white space is in."""
        at = self.said.find(words) if words else -1
        for _ in range(_MOST_HITS):
            if at < 0:
                return
            yield at
            at = self.said.find(words, at + 1)

    def boxes(self, start: int, count: int) -> Iterator[Box]:
        """Of each character: left, bottom, right, top, as the file measures."""
        return map(self._page.get_charbox, self._indices[start : start + count])


def _upright(frame: Frame, characters: Iterable[Box]) -> tuple[Box, ...]:
    """A run of characters on the upright page, from its left top corner: what stands on each line."""
    lines: list[Box] = []
    for left, bottom, right, top in characters:
        if right <= left or top <= bottom:
            continue
        (xa, ya), (xb, yb) = frame.upright(left, bottom), frame.upright(right, top)
        box = min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)
        if lines and box[0] >= lines[-1][0] and box[1] < lines[-1][3]:  # on, and not below, on the same line
            known = lines[-1]
            box = known[0], min(known[1], box[1]), max(known[2], box[2]), max(known[3], box[3])
            lines[-1] = box
        else:
            lines.append(box)
    return tuple(lines)


def _as_uri(picture: Image.Image) -> str:
    held = io.BytesIO()
    picture.convert("RGB").save(held, "WEBP", quality=_QUALITY, method=2)
    return f"data:image/webp;base64,{base64.b64encode(held.getvalue()).decode()}"
