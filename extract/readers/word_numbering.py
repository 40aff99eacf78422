"""The labels that Word prints before numbered paragraphs: no text holds them, only the list's definition."""

from __future__ import annotations

import re
from collections import defaultdict

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_PLACEHOLDER = re.compile(r"%([1-9])")
_CHINESE = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand")
)


class Numbering:
    """Counts the numbered paragraphs of one document as they are read, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}  # (list, level): format, text, start
        self._list_of: dict[str, str] = {}  # numId: abstractNumId
        self._styles: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        if numbering is not None:
            self._read_lists(numbering)
        if styles is not None:
            self._read_styles(styles)

    def label(self, paragraph: etree._Element) -> str:
        """Give the label before a paragraph and count it; nothing for bullets and formats not known."""
        used = _list_and_level(paragraph)
        if used is None:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            used = self._styles.get(style.get(_W + "val", "")) if style is not None else None
        if used is None or used[0] not in self._list_of:
            return ""
        name, level = self._list_of[used[0]], used[1]
        if (name, level) not in self._levels:
            return ""
        counts = self._counts[name]
        counts[level] = counts.get(level, self._levels[name, level][2] - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return self._written(name, level)

    def _written(self, name: str, level: int) -> str:
        form, text, _ = self._levels[name, level]
        if form in ("bullet", "none"):
            return ""
        written = text
        for place in _PLACEHOLDER.findall(text):
            upper = int(place) - 1
            form, _, start = self._levels.get((name, upper), ("decimal", "", 1))
            number = _number(self._counts[name].get(upper, start), form)
            if number is None:
                return ""
            written = written.replace(f"%{place}", number)
        return written

    def _read_lists(self, numbering: etree._Element) -> None:
        for each in numbering.iterfind(_W + "num"):
            of = each.find(_W + "abstractNumId")
            if of is not None:
                self._list_of[each.get(_W + "numId", "")] = of.get(_W + "val", "")
        for each in numbering.iterfind(_W + "abstractNum"):
            for level in each.iterfind(_W + "lvl"):
                form, text, start = (_value(level, name) for name in ("numFmt", "lvlText", "start"))
                key = (each.get(_W + "abstractNumId", ""), int(level.get(_W + "ilvl", "0")))
                self._levels[key] = (form or "decimal", text or "", int(start) if start else 1)

    def _read_styles(self, styles: etree._Element) -> None:
        for style in styles.iterfind(_W + "style"):
            used = _list_and_level(style)
            if used is not None:
                self._styles[style.get(_W + "styleId", "")] = used


def _list_and_level(element: etree._Element) -> tuple[str, int] | None:
    properties = element.find(f"{_W}pPr/{_W}numPr")
    number = _value(properties, "numId") if properties is not None else None
    if properties is None or number is None:
        return None
    return number, int(_value(properties, "ilvl") or 0)


def _value(parent: etree._Element, name: str) -> str | None:
    element = parent.find(_W + name)
    return element.get(_W + "val") if element is not None else None


def _number(count: int, form: str) -> str | None:
    if form == "decimal":
        return str(count)
    if form in _CHINESE and 0 < count < 100:
        return chinese_number(count)
    return None


def chinese_number(count: int) -> str:
    """Write 1 to 99 as headings count: 一, 十, 十一, 二十, 二十一."""
    tens, ones = divmod(count, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
