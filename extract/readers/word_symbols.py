"""Signs that Word sets by their place in a font of signs, and formulas of its editor."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from extract.readers.seams import UNREAD

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SYMBOL = f"{_W}sym"
FORMULA = frozenset((f"{_M}oMath", f"{_M}oMathPara"))
_IN_LINE = FORMULA | {f"{_M}r", f"{_M}box"}
_TEXT = f"{_M}t"
_PRIVATE = 0xF000  # where fonts of signs have their signs, by the code of a letter
_AS_WRITTEN = frozenset("0123456789.,+-%()")  # the font Symbol has these where every other has them
_TRIANGLES = {"wingdings 3": {0x70: "▲", 0x71: "▼", 0x72: "△", 0x73: "▽"}}


def symbol(element: etree._Element) -> str:
    """The sign of a ``w:sym``; a mark where it is not known which one its font has there."""
    written = element.get(f"{_W}char", "")
    font = element.get(f"{_W}font", "").strip().lower()
    try:
        code = int(written, 16)
    except ValueError:
        return UNREAD
    if not _PRIVATE <= code < _PRIVATE + 0x100:
        return chr(code) if code < _PRIVATE else UNREAD
    code -= _PRIVATE
    if font in _TRIANGLES:
        return _TRIANGLES[font].get(code, UNREAD)
    letter = chr(code)
    return letter if font == "symbol" and letter in _AS_WRITTEN else UNREAD


def formula(element: etree._Element) -> Iterator[str]:
    """The text of a formula that stands in one line; a mark for fractions, powers, roots and the like."""
    for child in element:
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _IN_LINE:
            yield from formula(child)
        elif any(each.text for each in child.iter(_TEXT)):
            yield UNREAD
