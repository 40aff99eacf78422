"""What controls, formulas and drawings show in the cells of a web page: text, or a mark that it is unread."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from extract.numerals import is_amount
from extract.readers.seams import UNREAD

CONTROLS = frozenset(
    ("textarea", "select", "math", "svg", "canvas", "object", "iframe", "video", "script", "map")
)
_TYPED = frozenset(("", "text", "number", "tel", "search", "url", "email", "date"))
_WRITES = re.compile(r"document\s*\.\s*write")
_IN_LINE = frozenset(("math", "mrow", "mn", "mo", "mi", "mtext", "mstyle", "semantics"))
_OF_MATHS = re.compile(r"(?:\{[^}]*\})?(\w+)")  # without a namespace
_BOUND = re.compile(r"(?:data-bind|ng-bind|v-text|v-html|x-text|th:text|:text)\b")
_MAY_BE_FILLED = frozenset(("span", "div", "label", "b", "i", "em", "strong", "font", "output"))
_OF_EDITORS = re.compile(r"_baidu|_Toc|_Hlk|_Ref|OLE_LINK|bookmark", re.IGNORECASE)


def shown_in(tag: str, element: etree._Element) -> str:
    """What an element shows that holds no text of its own."""
    reader = _READERS.get(tag)
    return UNREAD if reader is None else reader(element)


def _typed(element: etree._Element) -> str:
    is_typed = element.get("type", "").strip().lower() in _TYPED
    return element.get("value", "") if is_typed else ""


def _chosen(element: etree._Element) -> str:
    options = list(element.iter("option"))
    chosen = [each for each in options if each.get("selected") is not None]
    return "".join(map(str, (chosen or options)[0].itertext())) if options else ""


def _drawn(element: etree._Element) -> str:
    return "".join(str(text) for each in element.iter("text") for text in each.itertext()) or UNREAD


def _written(element: etree._Element) -> str:
    return UNREAD if _WRITES.search(element.text or "") else ""


def is_filled_by_script(element: etree._Element) -> bool:
    """Whether an element is empty until a script fills it."""
    if len(element) or (element.text or "").strip():
        return False
    if any(_BOUND.match(str(name)) for name in element.attrib):
        return True
    if any(str(name).startswith("data-") and _is_money(value) for name, value in element.attrib.items()):
        return True
    tag, name = element.tag, element.get("id")
    if tag not in _MAY_BE_FILLED:
        return False
    return (tag == "i" and element.get("class") is not None) or (
        name is not None and _OF_EDITORS.search(name) is None
    )


def _is_money(value: str | bytes) -> bool:
    return is_amount(str(value)) and "." in str(value)


def _formula(element: etree._Element) -> Iterator[str]:
    tag = _OF_MATHS.fullmatch(str(element.tag))
    if tag is None or tag[1] not in _IN_LINE:
        yield UNREAD
        return
    yield element.text or ""
    for child in element:
        yield from _formula(child)


_READERS: dict[str, Callable[[etree._Element], str]] = {
    "input": _typed,
    "textarea": lambda element: element.text or "",
    "select": _chosen,
    "math": lambda element: "".join(_formula(element)),
    "svg": _drawn,
    "script": _written,
}
