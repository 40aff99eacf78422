"""The headings of the prose, the lines of its list of contents, and numbers left out between headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.folding import fold
from extract.forms.paragraphs import Paragraph
from extract.printed import PrintedRemark

HEADING, CONTENTS_ENTRY, NUMBER_GAP = "heading", "contents_entry", "number_gap"
_CONTENTS = re.compile(r"目录$")
_WITHIN = 40  # paragraphs from the start in which the list of contents begins
_LONGEST_ENTRY, _LONGEST_HEADING = 80, 60
_LONGEST_TITLE = 36  # of a page, without a number
_SHORTER = 0.75  # than the line below
_FEWEST_ENTRIES = 4  # of a list of contents that nothing is printed over
_LEADERS_BACKWARDS = re.compile(r"[.…·•‥_\-—\s\d]*")
_IS_SENTENCE = re.compile(r"[。；;]|[，,].*[，,]")
_ENDS_A_SENTENCE = re.compile(r"[。；;：:，,、\d%元]$")
_NUMERALS = "一二三四五六七八九十"
_PART = re.compile(rf"第([{_NUMERALS}]+)部分")
_CHAPTER = re.compile(rf"([{_NUMERALS}]+)、")
_HAS_NUMBER = re.compile(rf"[（(]?[{_NUMERALS}\d]+[）)、.．]|第[{_NUMERALS}]+部分")
_FEWEST_NUMBERED = 3  # before a number that is lacking is said to be


class _Numbered(NamedTuple):
    """A number in front of a paragraph, and the place of the paragraph among all."""

    number: int
    place: int


def read_headings(paragraphs: Sequence[Paragraph]) -> Iterator[PrintedRemark]:
    """The remarks of one document about its headings; ids are left to whoever numbers all remarks.

    A line of the list of contents is no heading: a chapter that it names need not be there.
    """
    contents = _contents(paragraphs)
    for place in contents:
        yield _remark(CONTENTS_ENTRY, paragraphs[place], _without_leaders(paragraphs[place].text).strip())
    body = [paragraph for place, paragraph in enumerate(paragraphs) if place not in contents]
    page = None
    for paragraph in body:
        if _is_heading(paragraph):
            yield _remark(HEADING, paragraph, paragraph.text.strip())
        elif paragraph.lines[0].page_no != page and _has_title_of_page(paragraph):
            yield _remark(HEADING, paragraph, paragraph.lines[0].text.strip())
        page = paragraph.lines[-1].page_no
    yield from _gaps(body)


def _contents(paragraphs: Sequence[Paragraph]) -> range:
    """The paragraphs that are lines of the list of contents.

    It begins under its title, or with the headings at the start of a document that are all printed again; it
    ends where a line of it is printed again, something longer than a heading stands, or another page begins
    with a line that has no number.
    """
    for place, paragraph in enumerate(paragraphs[:_WITHIN]):
        if _CONTENTS.search(fold(paragraph.text)) and len(paragraph.text) < _LONGEST_ENTRY:
            return _entries(paragraphs, place + 1)
    first = next((place for place, each in enumerate(paragraphs[:_WITHIN]) if _is_heading(each)), None)
    if first is None:
        return range(0)
    found = _entries(paragraphs, first)
    again = {_bare(each.text) for each in paragraphs[found.stop :]}
    are_all_again = all(_bare(paragraphs[place].text) in again for place in found)
    return found if len(found) >= _FEWEST_ENTRIES and are_all_again else range(0)


def _entries(paragraphs: Sequence[Paragraph], start: int) -> range:
    seen: set[str] = set()
    for place in range(start, len(paragraphs)):
        text = paragraphs[place].text
        bare = _bare(text)
        is_of_next_page = paragraphs[place].lines[0].page_no != paragraphs[start].lines[0].page_no
        is_said = text.rstrip().endswith("。") or _is_sentence(_without_leaders(text))
        if bare in seen or len(bare) > _LONGEST_ENTRY or is_said:
            return range(start, place)
        if is_of_next_page and not _HAS_NUMBER.match(text.strip()):
            return range(start, place)
        if bare:
            seen.add(bare)
    return range(start, start)  # nothing but a list: what it is of is not told


def _bare(text: str) -> str:
    return fold(_without_leaders(text))


def _without_leaders(text: str) -> str:
    """A line of the contents without the leaders and the page number at its end."""
    leaders = _LEADERS_BACKWARDS.match(text[::-1])
    return text[: len(text) - leaders.end()] if leaders else text


def _is_heading(paragraph: Paragraph) -> bool:
    if paragraph.section is None or len(paragraph.text) > _LONGEST_HEADING:
        return False
    return paragraph.section.endswith(paragraph.text) and not _is_sentence(paragraph.text)


def _has_title_of_page(paragraph: Paragraph) -> bool:
    """Whether the first line of a page may be a title: a few words that no sentence ends in or goes on from.

    What follows it on the page may have been joined to it: then it is well shorter than the line below.
    """
    text = paragraph.lines[0].text
    if len(text) > _LONGEST_TITLE or _is_sentence(text) or _ENDS_A_SENTENCE.search(text):
        return False
    return len(paragraph.lines) == 1 or len(text) < _SHORTER * len(paragraph.lines[1].text)


def _is_sentence(text: str) -> bool:
    return _IS_SENTENCE.search(text.rstrip("。")) is not None


def _gaps(paragraphs: Sequence[Paragraph]) -> Iterator[PrintedRemark]:
    """Numbers left out between 第一部分 and 第三部分, 一、 and 三、: each once, where the next one stands.

    Chapters are counted within their part. A number that stands anywhere between, also within a line, is not
    left out; where the numbers begin again, nothing is.
    """
    parts: list[_Numbered] = []
    chapters: list[_Numbered] = []
    for place, paragraph in enumerate(paragraphs):
        if number := _number(_PART, paragraph.text):
            yield from _gap(parts, _Numbered(number, place), _PART, paragraphs)
            chapters.clear()
        elif number := _number(_CHAPTER, paragraph.text):
            if number == 1:
                chapters.clear()
            yield from _gap(chapters, _Numbered(number, place), _CHAPTER, paragraphs)


def _gap(
    before: list[_Numbered], now: _Numbered, pattern: re.Pattern[str], paragraphs: Sequence[Paragraph]
) -> Iterator[PrintedRemark]:
    counted = len(before) >= _FEWEST_NUMBERED - 1 or (pattern is _PART and before)
    if counted and before and now.number == before[-1].number + 2:
        between = "".join(each.text for each in paragraphs[before[-1].place : now.place])
        missing = before[-1].number + 1
        if missing not in [_value(found) for found in pattern.findall(between)]:
            above, here = paragraphs[before[-1].place].text, paragraphs[now.place]
            text = f"{pattern.match(above)[0]} → {pattern.match(here.text)[0]}"  # type: ignore[index]
            yield _remark(NUMBER_GAP, here, text)
    before.append(now)


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.match(text)
    return _value(match.group(1)) if match else None


def _value(numeral: str) -> int | None:
    """The value of 一 to 九十九; None for what is no such numeral."""
    tens, ten, units = numeral.rpartition("十")
    if any(len(part) > 1 or part not in _NUMERALS for part in (tens, units)):
        return None
    if not ten:
        return _NUMERALS.index(units) + 1
    return 10 * (_NUMERALS.index(tens) + 1 if tens else 1) + (_NUMERALS.index(units) + 1 if units else 0)


def _remark(kind: str, paragraph: Paragraph, text: str) -> PrintedRemark:
    line = paragraph.lines[0]
    return PrintedRemark(
        remark_id="",
        document_id="",
        kind=kind,
        section=paragraph.section,
        text=text,
        page_no=line.page_no,
        line_no=line.line_no,
    )
