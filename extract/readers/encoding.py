"""Bytes to text, for the encodings that Chinese government offices publish in."""

from __future__ import annotations

import codecs
from importlib import import_module
from typing import NamedTuple

LOST = "\ufffd"
_DAMAGED = 0.005  # share of characters that may be lost
_NO_TEXT = b"\xff"  # no encoding of text has it
_FEW = 4  # one byte costs up to as many
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Decoded(NamedTuple):
    """Text and the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Decode a text document.

    A byte order mark settles it; else strict UTF-8, then strict GB18030 (a superset of GBK and GB2312), then
    one of these with a few broken bytes, then what charset-normalizer finds: UTF-16 without a mark.

    Raises:
        ValueError: when no encoding fits, in words that say what was tried.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data, encoding), encoding)
    # NUL bytes are UTF-16's ASCII half; GB18030 would decode them without complaint. A few are broken bytes.
    nulls = data.count(0)
    if nulls and nulls <= max(_FEW, _DAMAGED * len(data)):
        damaged = _damaged(data.replace(b"\x00", _NO_TEXT))
        if damaged is not None:
            return damaged
    if not nulls:
        for encoding in ("utf-8", "gb18030"):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError:
                continue
        damaged = _damaged(data)
        if damaged is not None:
            return damaged
    # imported for the few texts that need it: it takes a tenth of a second
    from_bytes = import_module("charset_normalizer").from_bytes
    best = from_bytes(data, cp_isolation=["utf_16_le", "utf_16_be"]).best()
    if best is not None:
        return Decoded(str(best), "utf-16")
    raise ValueError("the text is in none of UTF-8, UTF-16 and GB18030")


def _damaged(data: bytes) -> Decoded | None:
    """Decode a text of which a few bytes are broken: each becomes the sign that stands for what is lost."""
    tried = [Decoded(data.decode(encoding, "replace"), encoding) for encoding in ("utf-8", "gb18030")]
    best = min(tried, key=lambda decoded: decoded.text.count(LOST))
    return best if best.text.count(LOST) <= max(_FEW, _DAMAGED * len(best.text)) else None


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        lost = text.count(LOST)
        most = min(max(_FEW, _DAMAGED * len(text)), len(text) / 10)
        if lost <= most and encoding.startswith("utf-8"):
            return text
        raise ValueError(
            f"the byte order mark says {encoding}, but byte {error.start} does not fit it"
        ) from error
