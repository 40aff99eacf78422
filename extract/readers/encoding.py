"""Bytes to text, for the encodings that Chinese government offices publish in."""

from __future__ import annotations

import codecs
from importlib import import_module
from typing import NamedTuple

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
    what charset-normalizer finds, which covers UTF-16 without a mark.

    Raises:
        ValueError: when no encoding fits, in words that say what was tried.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strict(data, encoding), encoding)
    # NUL bytes are UTF-16's ASCII half; GB18030 would decode them without complaint.
    if b"\x00" not in data:
        for encoding in ("utf-8", "gb18030"):
            try:
                return Decoded(data.decode(encoding), encoding)
            except UnicodeDecodeError:
                continue
    # imported for the few texts that need it: it takes a tenth of a second
    from_bytes = import_module("charset_normalizer").from_bytes
    best = from_bytes(data, cp_isolation=["utf_16_le", "utf_16_be"]).best()
    if best is not None:
        return Decoded(str(best), "utf-16")
    raise ValueError("the text is in none of UTF-8, UTF-16 and GB18030")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(
            f"the byte order mark says {encoding}, but byte {error.start} does not fit it"
        ) from error
