"""What a PDF holds that no page shows: streams that are cut short or broken, files within it, XFA forms."""

from __future__ import annotations

import base64
import re
import zlib
from collections import Counter
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.readers.pdf.spoken import says_digits

_STREAM = re.compile(rb"stream\r?\n")
_DICTIONARY_BEFORE = 400  # bytes
_NO_PAGE = re.compile(
    rb"/Subtype\s*/Image|/Length1\b|/Length2\b|/Type\s*/(?:ObjStm|XRef|Metadata|EmbeddedFile)|/FunctionType"
    rb"|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType|XML)|/N\s+[134]\b|/DecodeParms|/Filter\s*\[\s*/\w+\s*/\w+"
)
_AS_TEXT = re.compile(rb"/Filter\s*\[\s*/(?:ASCII85Decode|A85)\s*/(?:FlateDecode|Fl)\s*\]")
_MOST_OF_A_STREAM = 1 << 22  # bytes that are unpacked; a page has less
_MOST_NAMES = 3
_SINGLE = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f]+)>")
_TRIPLE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_ONE_SIGN = 4  # digits of its code
_LONGEST_RANGE = 0xFF
_OF_FIGURES = tuple(map(ord, "0123456789.,-"))
_OF_XFA = (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND)


class Streams(NamedTuple):
    """What the streams of a PDF tell beside its pages.

    ``broken`` is how many that may be a page's drawing cannot be unpacked to their end: what follows is lost.
    ``is_ambiguous`` says that a font gives two of its signs out as one digit, so that one of them is none;
    ``says_digits`` that digits are given out instead of what is drawn.
    """

    broken: int = 0
    is_ambiguous: bool = False
    says_digits: bool = False


def streams_of(data: bytes) -> Streams:
    """Look through the streams of a PDF that is not encrypted."""
    if b"/Encrypt" in data:
        return Streams()
    broken, is_ambiguous, is_said = 0, False, False
    for match in _STREAM.finditer(data):
        unpacked = _unpacked(data, match.start(), match.end())
        if unpacked is None:
            broken += 1
        elif b"beginbf" in unpacked:
            is_ambiguous = is_ambiguous or _says_digits_twice(unpacked)
        elif b"/ActualText" in unpacked:
            is_said = is_said or says_digits(unpacked)
    return Streams(broken, is_ambiguous, is_said)


def _unpacked(data: bytes, start: int, begin: int) -> bytes | None:
    """A stream that may be of a page or of a font's table; nothing of others; None where it breaks off."""
    if data[start - 3 : start] == b"end":
        return b""
    head = data[max(0, start - _DICTIONARY_BEFORE) : start]
    head = head[head.rfind(b" obj") + 1 :]
    if b"/FlateDecode" not in head or _NO_PAGE.search(head):
        return _of_text(data, head, begin)
    end = data.find(b"endstream", begin)
    packed = zlib.decompressobj()
    try:
        unpacked = packed.decompress(data[begin : end if end > 0 else len(data)], _MOST_OF_A_STREAM)
    except zlib.error:
        return None
    return unpacked if packed.eof or packed.unconsumed_tail else None


def _of_text(data: bytes, head: bytes, begin: int) -> bytes:
    """A stream that is packed and then written as text; nothing of others."""
    if not _AS_TEXT.search(head) or b"/Image" in head:
        return b""
    try:
        packed = base64.a85decode(data[begin : data.find(b"~>", begin)])
        return zlib.decompressobj().decompress(packed, _MOST_OF_A_STREAM)
    except (ValueError, zlib.error):
        return b""


def _says_digits_twice(table: bytes) -> bool:
    """Whether a table of what a font's signs are (ToUnicode) has a digit, a point or a comma twice."""
    said: Counter[int] = Counter()
    for block in _SINGLE.findall(table):
        said.update(int(code, 16) for code in _PAIR.findall(block) if len(code) == _ONE_SIGN)
    for block in _RANGES.findall(table):
        for first, last, code in _TRIPLE.findall(block):
            length = min(int(last, 16) - int(first, 16), _LONGEST_RANGE)
            said.update(int(code, 16) + number for number in range(length + 1) if len(code) == _ONE_SIGN)
    return any(said[sign] > 1 for sign in _OF_FIGURES)


def files_within(document: pdfium.PdfDocument) -> str | None:
    """Say which files a PDF holds within itself, which nobody sees on its pages."""
    count = document.count_attachments()
    if count < 1:
        return None
    names = [document.get_attachment(number).get_name() for number in range(min(count, _MOST_NAMES))]
    more = " …" if count > _MOST_NAMES else ""
    return (
        f"it holds {count} file{'s' if count > 1 else ''} within itself ({', '.join(names)}{more}), "
        "not read: take out what belongs to the disclosure and give it as a file of its own"
    )


def is_filled_by_program(document: pdfium.PdfDocument) -> bool:
    """Whether the pages are made by the viewer from an XFA form: they hold no more than a word to wait."""
    return document.get_formtype() in _OF_XFA
