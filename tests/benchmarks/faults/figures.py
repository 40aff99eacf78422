"""Figures of a damaged copy that its original has not: does the copy itself say them?

A figure of a table or of the prose that is in yuan and bears no doubt is *unmarked*. It is

- ``as before`` when the original gives the same sum for the same thing (form or section, row, column),
- ``said by the copy`` when its digits are among those that a plain search finds in the bytes of the copy and
  not in those of the original: the damage changed what is printed, and nobody can know it;
- ``moved`` when its digits are in both, or the same was read in the same place of a page, but stand for
  another thing: the damage took away a title, a cell, a row, and what is left says that;
- ``scaled`` when the same text of the same thing has another sum: the damage changed the unit;
- ``invented`` when its digits are not in the bytes of the copy; of a PDF, when the page looks as before
  where they are. That one is a wrong figure that nothing marks.

The search knows nothing of the readers: markup taken out, packages opened, numbers of old workbooks at any
byte.
"""

from __future__ import annotations

import contextlib
import html
import io
import re
import struct
import unicodedata
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import NamedTuple

import polars as pl
import pypdfium2 as pdfium

from tests.benchmarks.faults.reading import Frames

_DIGITS = re.compile(r"(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?")
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc]")
_TAG = re.compile(r"<[^>]*>")
_OF_AN_AMOUNT = ("form_key", "side_key", "row_label", "code", "measure", "fund", "column_year")
_OF_A_CLAIM = ("subject", "kind", "basis_year", "code")
_DOTS_A_POINT = 2
_LOOKS_ALIKE = 4  # of 255, as a mean
_LEAST, _MOST = 1e-3, 1e15
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


class Figure(NamedTuple):
    """A sum that was read, what it is of, and where it is printed."""

    thing: tuple[object, ...]
    text: str
    yuan: Decimal
    page: int | None
    box: tuple[float, ...] | None


def figures_of(staged: Frames) -> dict[str, list[Figure]]:
    """The unmarked figures of each document."""
    tables = [
        (_OF_AN_AMOUNT, staged["amounts"].filter(pl.col("doubt").is_null())),
        (_OF_A_CLAIM, staged["claims"]),
    ]
    found: dict[str, list[Figure]] = {}
    for names, table in tables:
        for row in table.filter(pl.col("amount_yuan").is_not_null()).iter_rows(named=True):
            box = tuple(
                float(row[f"bbox_{side}"])
                for side in ("left", "top", "right", "bottom")
                if row.get(f"bbox_{side}")
            )
            found.setdefault(row["document_id"], []).append(
                Figure(
                    tuple(row[name] for name in names),
                    row.get("stored_text") or row["amount_text"],
                    row["amount_yuan"],
                    row["page_no"],
                    box if len(box) == 4 else None,
                )
            )
    return found


class Bytes:
    """What a plain search finds in a file."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def numbers(self) -> Sequence[float]:
        """Every number in it, as written or as stored, in order."""
        found: set[float] = set()
        for text in _texts(self._data):
            for plain in (_TAG.sub("", text), _TAG.sub(" ", text), text.replace(",", " ")):
                found.update(float(number) for number in _numbers(plain))
        if self._data.startswith(_OLE):
            found.update(_stored(self._data))
        return sorted(found)

    @cached_property
    def characters(self) -> str:
        """All digits and points in a row, where a number is written character by character."""
        return "\n".join(re.sub(r"[\s,]", "", _TAG.sub("", text)) for text in _texts(self._data))

    def say(self, text: str) -> bool:
        """Whether the digits of a figure are there, also where a number has more than are shown."""
        return all(self._has(number) or str(number) in self.characters for number in _numbers(_plain(text)))

    def _has(self, number: Decimal) -> bool:
        half_a_digit = 0.5000001 * 10.0 ** -len(str(number).partition(".")[2])
        place = bisect_left(self.numbers, float(number) - half_a_digit)
        return place < len(self.numbers) and self.numbers[place] <= float(number) + half_a_digit

    @cached_property
    def pages(self) -> pdfium.PdfDocument | None:
        """The file as a PDF."""
        try:
            return pdfium.PdfDocument(self._data)
        except pdfium.PdfiumError:
            return None

    @cached_property
    def printed(self) -> frozenset[Decimal]:
        """The numbers on its pages."""
        found: set[Decimal] = set()
        for page in self.pages or ():
            with contextlib.suppress(pdfium.PdfiumError):
                found.update(_numbers(_plain(page.get_textpage().get_text_range())))
        return frozenset(found)

    def print(self, text: str) -> bool:
        """Whether the digits of a figure are printed on its pages."""
        return all(number in self.printed for number in _numbers(_plain(text)))

    def looks(self, page: int, box: Sequence[float]) -> bytes | None:
        """How a page looks within a box."""
        if self.pages is None or page > len(self.pages):
            return None
        try:
            shown = self.pages[page - 1]
            width, height = shown.get_size()
            left, top, right, bottom = box
            crop = (left, max(0, height - bottom), max(0, width - right), top)
            return bytes(shown.render(scale=_DOTS_A_POINT, crop=crop, grayscale=True).buffer)
        except (pdfium.PdfiumError, ValueError):
            return None


def judged(
    copy: Sequence[Figure], of_copy: Bytes, original: Sequence[Figure], of_original: Bytes
) -> Iterator[tuple[str, Figure]]:
    """What each figure of a copy is."""
    sums = {(figure.thing, figure.yuan) for figure in original}
    places = {(figure.text, figure.page, figure.box) for figure in original if figure.box is not None}
    texts = {(figure.thing, figure.text) for figure in original}
    for figure in copy:
        if (figure.thing, figure.yuan) in sums:
            yield "as before", figure
        elif (figure.thing, figure.text) in texts:
            yield "scaled", figure
        elif (figure.text, figure.page, figure.box) in places:
            yield "moved", figure  # fields of a page are among no text that can be searched
        elif of_copy.pages is not None:
            yield _drawn(figure, of_copy, of_original), figure
        elif not of_copy.say(figure.text):
            yield "invented", figure
        elif of_original.say(figure.text):
            yield "moved", figure
        else:
            yield "said by the copy", figure


def _drawn(figure: Figure, of_copy: Bytes, of_original: Bytes) -> str:
    """Of a PDF, whose characters only drawing it tells."""
    if of_original.print(figure.text):
        return "moved"
    if figure.page is None or figure.box is None:
        return "said by the copy"
    now, before = of_copy.looks(figure.page, figure.box), of_original.looks(figure.page, figure.box)
    if now is None or before is None or len(now) != len(before):
        return "said by the copy"
    difference = sum(abs(one - other) for one, other in zip(now, before, strict=True)) / max(1, len(now))
    return "invented" if difference < _LOOKS_ALIKE else "said by the copy"


def _texts(data: bytes) -> Iterator[str]:
    """Every way in which a file can be read as text."""
    if data.startswith(b"PK"):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                parts = [package.read(name) for name in package.namelist()]
        except (
            zipfile.BadZipFile,
            OSError,
            ValueError,
            NotImplementedError,
            RuntimeError,
            EOFError,
            zlib.error,
        ):
            parts = []
        for part in parts:
            yield from _decoded(part)
    yield from _decoded(data)
    if data.startswith(_OLE):
        yield from _decoded(data[1:])  # texts that begin at an odd byte


def _decoded(data: bytes) -> Iterator[str]:
    for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        yield _plain(html.unescape(data.decode(encoding, "replace")))


def _plain(text: str) -> str:
    """A text in usual characters, without those that are not seen."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


def _numbers(text: str) -> Iterator[Decimal]:
    for found in _DIGITS.finditer(text):
        try:
            number = Decimal(found.group().replace(",", ""))
        except InvalidOperation:
            continue
        if number.is_zero() or -20 < number.adjusted() < 20:
            yield number


def _stored(data: bytes) -> Iterator[float]:
    """Numbers of an old workbook: a double, or thirty bits of one, or of a whole number, at any byte."""
    for at in range(len(data) - 3):
        (word,) = struct.unpack_from("<i", data, at)
        (short,) = struct.unpack("<d", struct.pack("<q", (word & ~3) << 32))
        number = float(word >> 2) if word & 2 else short
        yield from (abs(one) for one in (number / 100 if word & 1 else number,) if _is_sum(one))
        if at < len(data) - 7:
            yield from (abs(one) for one in struct.unpack_from("<d", data, at) if _is_sum(one))


def _is_sum(number: float) -> bool:
    return _LEAST < abs(number) < _MOST
