"""Pictures and documents within a web page: those it brings along, and those it only points to.

What a page points to is not there to be read. Where it is as large as a table, something is printed there
that nobody reads here; logos and buttons are smaller.
"""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from lxml import etree

from extract.readers.flow import Item, Missing, Picture

POINTING = frozenset(("img", "iframe", "frame", "embed", "object"))
_DATA = re.compile(r"data:image/[\w.+-]+(?P<parameters>;[^,]*)?,", re.IGNORECASE)
_SHOWN = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp|tiff?)(?=$|[?#&])", re.IGNORECASE)
_DOCUMENT = re.compile(r"\.(?:pdf|ofd|docx?|xlsx?|et|wps)(?=$|[?#&])", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*")
_IN_STYLE = r"(?:^|;)\s*{name}\s*:\s*([^;]+)"
_SMALLEST = 3
_WIDEST_LOGO, _HIGHEST_LOGO = 300, 100  # dots of a screen


def pointed_to(tag: str, element: etree._Element) -> Item | None:
    """What an element that points to something shows; None for what is too small to be a table."""
    address = (element.get("src") or element.get("data") or "").strip()
    if tag != "img":
        return Missing() if _DOCUMENT.search(address) else None
    inlined = _DATA.match(address)
    if inlined:
        return _inlined(address[inlined.end() :], inlined["parameters"] or "")
    width, height = _length(element, "width"), _length(element, "height")
    is_large = width is not None and height is not None and width >= _WIDEST_LOGO and height >= _HIGHEST_LOGO
    return Missing() if is_large and _SHOWN.search(address) else None


def is_of_no_size(element: etree._Element) -> bool:
    """Whether an element is as small as those that only count visitors or keep cells open."""
    sizes = [_length(element, name) for name in ("width", "height")]
    return any(size is not None and size <= _SMALLEST for size in sizes)


def _inlined(written: str, parameters: str) -> Picture | None:
    data = unquote_to_bytes(written)
    if parameters.lower().endswith(";base64"):
        try:
            data = base64.b64decode(re.sub(rb"\s+", b"", data), validate=True)
        except (binascii.Error, ValueError):
            return None
    return Picture(data)


def _length(element: etree._Element, name: str) -> int | None:
    styled = re.search(_IN_STYLE.format(name=name), element.get("style") or "", re.IGNORECASE)
    found = _LENGTH.fullmatch(styled[1] if styled else element.get(name) or "")
    return int(found[1]) if found else None
