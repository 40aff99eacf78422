"""Whether a file may have layers (optional content), which viewers show or hide. Most have none."""

from __future__ import annotations

import re
import zlib

_OBJECT_STREAM = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
_LAYER = b"/OCG"
_MOST_BYTES = 4_000_000  # of one stream of objects, inflated; what is larger is taken to have some


def may_have_layers(data: bytes) -> bool:
    """Look for the word that every layer is declared with, also within compressed objects."""
    if _LAYER in data or b"/Encrypt" in data:
        return True
    return any(_is_in_stream(data, match.end()) for match in _OBJECT_STREAM.finditer(data))


def _is_in_stream(data: bytes, start: int) -> bool:
    inflating = zlib.decompressobj()
    try:
        objects = inflating.decompress(data[start : start + _MOST_BYTES], _MOST_BYTES)
    except zlib.error:
        return True
    return _LAYER in objects or not inflating.eof
